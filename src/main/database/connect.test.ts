import fc from 'fast-check'
import { expect, it } from 'vitest'
import { instantToMicros, microsToInstant } from '../../core/instant.ts'
import { parseTimestamp } from './connect.ts'

it.each([
  ['2026-03-01 12:00:00', '2026-03-01T12:00:00.000Z'],
  ['2026-03-01 12:00:00.5', '2026-03-01T12:00:00.500Z'],
  ['2026-03-01 12:00:00.123456', '2026-03-01T12:00:00.123456Z'],
  ['2026-03-01 12:00:00.1234+00', '2026-03-01T12:00:00.123400Z'],
  ['infinity', 'infinity'],
])('%s is %s', (text, instant) => {
  expect(parseTimestamp(text)).toBe(instant)
})

it('loses no microsecond of what PostgreSQL writes (property)', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4_000_000_000_000_000 }), (micros) => {
      const written = microsToInstant(micros)
        .replace('T', ' ')
        .replace(/\.?0*Z$/, '')
      expect(instantToMicros(parseTimestamp(written))).toBe(micros)
    }),
  )
})
