import { expect, it } from 'vitest'
import { endOf } from './draft.ts'

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
