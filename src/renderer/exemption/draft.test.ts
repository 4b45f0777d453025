import { expect, it, vi } from 'vitest'
import { blankDraft, endOf, keepExemptionDraft, readExemptionDraft } from './draft.ts'

const now = '2026-11-25T23:30:00.000000Z'

it.each([
  ['7', '', { until: '2026-12-02T23:59:59.999999Z' }],
  ['forever', '', { until: null }],
  ['day', '2026-11-25', { until: '2026-11-25T23:59:59.999999Z' }],
  ['day', '2026-11-24', { problem: 'dayOver' }],
  ['day', '', { problem: 'dayMissing' }],
  ['day', '2026-02-30', { problem: 'dayMissing' }],
  ['day', '2200-01-01', { problem: 'dayTooFar' }],
] as const)('%s %s ends as it says', (length, day, end) => {
  expect(endOf({ length, day }, now)).toEqual(end)
})

it('what was typed is kept for its project until it is forgotten', () => {
  const texts = new Map<string, string>()
  vi.stubGlobal('window', {
    sessionStorage: {
      getItem: (key: string) => texts.get(key) ?? null,
      setItem: (key: string, text: string) => texts.set(key, text),
      removeItem: (key: string) => texts.delete(key),
    },
  })
  const draft = { scope: 'team', length: 'day', day: '2026-12-', reason: 'half a sent' } as const
  keepExemptionDraft('a', draft)
  expect([readExemptionDraft('a'), readExemptionDraft('b')]).toEqual([draft, blankDraft])
  keepExemptionDraft('a', null)
  expect(readExemptionDraft('a')).toEqual(blankDraft)
  expect(texts.size).toBe(0)
  vi.unstubAllGlobals()
})
