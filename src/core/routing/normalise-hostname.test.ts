import { domainToASCII } from 'node:url'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { normaliseHostname } from './resolve-hostname.ts'

it('is its own form, whichever way it was told', () => {
  const label = fc.stringMatching(/^[a-z0-9_-]{1,8}$/)
  const name = fc.oneof(
    fc.domain(),
    fc.array(label, { minLength: 1, maxLength: 4 }).map((labels) => labels.join('.')),
  )
  fc.assert(
    fc.property(name, (text) => {
      const normal = normaliseHostname(text)
      if (normal === null) return
      expect(domainToASCII(text)).toBe(normal)
      expect(normaliseHostname(normal)).toBe(normal)
    }),
    { numRuns: 2_000 },
  )
})
