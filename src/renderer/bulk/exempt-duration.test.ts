import { expect, it } from 'vitest'
import { untilOf } from './exempt-duration.ts'

const now = '2026-03-01T12:00:00.000Z'

it.each([
  ['so many days from now', { kind: 'days', days: 30 }, '2026-03-31T12:00:00.000Z'],
  ['to the end of a day', { kind: 'day', day: '2026-03-01' }, '2026-03-01T23:59:59.999999Z'],
  ['for good', { kind: 'good' }, null],
  ['a day that is over', { kind: 'day', day: '2026-02-28' }, undefined],
  ['no day', { kind: 'day', day: '' }, undefined],
] as const)('%s', (_name, duration, until) => {
  expect(untilOf(duration, now)).toBe(until)
})
