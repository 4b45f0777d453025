import { expect, it } from 'vitest'
import { dealtWith, estimateRest } from './progress.ts'

const counts = { done: 300, refused: 80, skipped: 15, failed: 5 }

it('whoever had their turn is dealt with, whatever became of them', () => {
  expect(dealtWith(counts)).toBe(400)
})

it('tells the rate and the time left once there is something to go by', () => {
  expect(estimateRest({ ...counts, projects: 1_000, elapsedMs: 2_000 })).toEqual({
    perSecond: 200,
    leftMicros: 3_000_000,
  })
  expect(estimateRest({ ...counts, projects: 1_000, elapsedMs: 100 })).toBeNull()
  expect(estimateRest({ done: 0, refused: 0, skipped: 0, failed: 0, projects: 9, elapsedMs: 9_000 })).toBeNull()
})
