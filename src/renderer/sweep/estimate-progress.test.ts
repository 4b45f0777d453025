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
  it('tells nothing before it has seen two steps, two seconds apart', () => {
    const looks = [
      [0, 0],
      [1, 50],
      [2, 60],
      [3, 90],
    ] as const
    expect(looks.map((_, index) => watch(looks.slice(0, index + 1), 100).perSecond)).toEqual([null, null, null, 20])
  })

  it('does not count the time before the first step', () => {
    const looks = [...Array.from({ length: 60 }, (_, second) => [second, 0] as const), [60, 100] as const]
    expect(watch(looks, 1_000)).toMatchObject({ perSecond: null, endsAtMs: null })
    expect(watch([...looks, [65, 200]], 1_000)).toMatchObject({ perSecond: 20, endsAtMs: 105_000 })
  })

  it('goes by the last half minute', () => {
    const slow = Array.from({ length: 30 }, (_, second) => [second, second * 10] as const)
    const fast = Array.from({ length: 32 }, (_, n) => [30 + n, 300 + n * 100] as const)
    const seen = watch([...slow, ...fast], 33_000)
    expect(seen.perSecond).toBe(100)
    expect(seen.steps.length).toBeLessThanOrEqual(31)
  })

  it('tells the same from one batch to the next', () => {
    const looks = Array.from({ length: 40 }, (_, second) => [second, Math.floor(second / 4) * 2_000] as const)
    const told = looks.map((_, index) => watch(looks.slice(0, index + 1), 100_000)).slice(9)
    expect(new Set(told.map(({ perSecond, endsAtMs }) => `${perSecond} ${endsAtMs}`))).toEqual(new Set(['500 200000']))
  })

  it('says nothing of the end while nothing goes on', () => {
    const steps = [
      [0, 0],
      [2, 20],
      [4, 40],
    ] as const
    expect(watch([...steps, [13, 40]], 100)).toMatchObject({ perSecond: 10 })
    expect(watch([...steps, [15, 40]], 100)).toMatchObject({ perSecond: 0, endsAtMs: null })
    expect(watch([...steps, [15, 40], [16, 60]], 100).perSecond).toBeGreaterThan(0)
  })

  it('keeps the end that was told while the new one is near it', () => {
    const told = watch(
      [
        [0, 0],
        [1, 10],
        [3, 30],
      ],
      1_000,
    )
    expect(told.endsAtMs).toBe(100_000)
    expect(lookAgain(told, { atMs: 4_000, done: 41 }, 1_000).endsAtMs).toBe(100_000)
    expect(lookAgain(told, { atMs: 4_000, done: 200 }, 1_000).endsAtMs).toBeLessThan(20_000)
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
    expect(seen).toMatchObject({ last: { atMs: 3_000, done: 0 }, steps: [], perSecond: null })
  })

  it('of a steady pace tells the true rate and end, with any looks (property)', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5_000 }),
        fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 4, maxLength: 30 }),
        (rate, gaps) => {
          let at = 0
          let seen = lookAgain(nothingSeen, { atMs: 0, done: 0 }, rate * 10_000)
          for (const gap of gaps) {
            at += gap
            seen = lookAgain(seen, { atMs: at * 1_000, done: at * rate }, rate * 10_000)
          }
          expect(seen.perSecond).toBeCloseTo(rate)
          expect(seen.endsAtMs).toBeCloseTo(10_000_000, 0)
        },
      ),
      { examples: [[1, [1, 1, 30, 1]]] },
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
