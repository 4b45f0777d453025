import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  lookAgain,
  milestoneOf,
  nothingSeen,
  type ProgressEstimate,
  roundLeft,
  roundRate,
} from './estimate-progress.ts'

function watch(looks: readonly (readonly [seconds: number, done: number])[], total: number): ProgressEstimate {
  return looks.reduce((seen, [seconds, done]) => lookAgain(seen, { atMs: seconds * 1_000, done }, total), nothingSeen)
}

describe('the estimate', () => {
  it('tells nothing before it has watched for two seconds', () => {
    expect(watch([[0, 0]], 100)).toMatchObject({ perSecond: null, endsAtMs: null })
    expect(
      watch(
        [
          [0, 0],
          [1, 50],
        ],
        100,
      ),
    ).toMatchObject({ perSecond: null, endsAtMs: null })
  })

  it('goes by the last ten seconds', () => {
    const slow = Array.from({ length: 30 }, (_, second) => [second, second * 10] as const)
    const fast = Array.from({ length: 11 }, (_, n) => [30 + n, 300 + n * 100] as const)
    const seen = watch([...slow, ...fast], 3_300)
    expect(seen.perSecond).toBe(100)
    expect(seen.samples.length).toBeLessThanOrEqual(11)
  })

  it('says nothing of the end while nothing goes on', () => {
    const stalled = Array.from({ length: 12 }, (_, second) => [second, 40] as const)
    expect(watch(stalled, 100)).toMatchObject({ perSecond: 0, endsAtMs: null })
  })

  it('keeps the end that was told while the new one is near it', () => {
    const told = watch(
      [
        [0, 0],
        [2, 20],
      ],
      1_000,
    )
    expect(told.endsAtMs).toBe(100_000)
    expect(lookAgain(told, { atMs: 3_000, done: 31 }, 1_000).endsAtMs).toBe(100_000)
    expect(lookAgain(told, { atMs: 3_000, done: 200 }, 1_000).endsAtMs).toBeLessThan(20_000)
  })

  it('begins anew when less is done than before', () => {
    const seen = watch(
      [
        [0, 0],
        [2, 20],
        [3, 0],
      ],
      100,
    )
    expect(seen).toMatchObject({ samples: [{ atMs: 3_000, done: 0 }], perSecond: null })
  })

  it('of a steady pace tells the true rate and end, with any looks (property)', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5_000 }),
        fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 3, maxLength: 30 }),
        (rate, gaps) => {
          let at = 0
          let seen = lookAgain(nothingSeen, { atMs: 0, done: 0 }, rate * 1_000)
          for (const gap of gaps) {
            at += gap
            seen = lookAgain(seen, { atMs: at * 1_000, done: at * rate }, rate * 1_000)
          }
          // A look after a long silence has only itself to go by.
          if (seen.perSecond !== null) {
            expect(seen.perSecond).toBeCloseTo(rate)
            expect(seen.endsAtMs).toBeCloseTo(1_000_000)
          }
        },
      ),
    )
  })
})

it('a rate has two digits', () => {
  expect([0.4, 7.4, 12.3, 1_234, 98_765].map(roundRate)).toEqual([0, 7, 12, 1_200, 99_000])
})

it('the time left comes in steps that a person would say', () => {
  const seconds = [0, 4, 6, 12, 58, 61, 125, 599, 601, 3_590]
  expect(seconds.map((value) => roundLeft(value * 1_000)).map((ms) => ms && ms / 1_000)).toEqual([
    null,
    null,
    10,
    15,
    60,
    75,
    135,
    600,
    660,
    3_600,
  ])
})

it('quarters are worth saying', () => {
  expect([0, 24, 25, 74, 99, 100, 120].map((done) => milestoneOf(done, 100))).toEqual([0, 0, 25, 50, 75, 100, 100])
  expect(milestoneOf(0, 0)).toBe(0)
})
