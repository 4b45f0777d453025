import { expect, it } from 'vitest'
import { earliestWriteMs, writeGaps } from './write-schedule.ts'

/** Of a reactivation, from the click to its first visitor. */
const budgetMs = 6_000
/** A pass that is under way, the rest after it, and the pass that brings the project back, each with 50,000 blocked ones. */
const passesMs = 4_500

it.each<[string, { atMs: number; wasFull: boolean } | null, boolean, number]>([
  ['nothing was written yet', null, false, Number.NEGATIVE_INFINITY],
  ['nothing was written yet, and one wakes', null, true, Number.NEGATIVE_INFINITY],
  ['one is to be blocked', { atMs: 1_000, wasFull: false }, false, 6_000],
  ['one wakes', { atMs: 1_000, wasFull: false }, true, 2_000],
  ['thousands wake', { atMs: 1_000, wasFull: true }, true, 6_000],
])('%s', (_what, last, isWaking, expected) => {
  expect(earliestWriteMs(last, { isWaking }, writeGaps)).toBe(expected)
})

it('a woken project is routed within the budget, whatever was written just before', () => {
  const waitMs = earliestWriteMs({ atMs: 0, wasFull: false }, { isWaking: true }, writeGaps)
  expect(waitMs + passesMs).toBeLessThan(budgetMs)
})
