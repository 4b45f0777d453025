import { describe, expect, it } from 'vitest'
import { createRandom, measureMs, measureWarmMs, median, percentile, shuffle } from './statistics.ts'

const hundred = Array.from({ length: 100 }, (_, index) => 100 - index)

describe('percentile', () => {
  it.each([
    [0.95, 95],
    [0.5, 50],
    [0.01, 1],
    [1, 100],
  ])('%f of 1 to 100 is %i', (fraction, expected) => {
    expect(percentile(hundred, fraction)).toBe(expected)
  })

  it('is a value that was measured, also of few', () => {
    expect(percentile([30, 10, 20], 0.95)).toBe(30)
    expect(percentile([7], 0.01)).toBe(7)
  })

  it('sorts by number and leaves its input as it was', () => {
    const values = [100, 9, 20]
    expect(percentile(values, 0.3)).toBe(9)
    expect(values).toEqual([100, 9, 20])
  })

  it.each([
    [[], 0.5],
    [[1, 2], 0],
    [[1, 2], 1.1],
  ])('of %j at %f is refused', (values, fraction) => {
    expect(() => percentile(values, fraction)).toThrow(RangeError)
  })
})

describe('median', () => {
  it('is the middle, or between the two in the middle', () => {
    expect(median([3, 100, 1])).toBe(3)
    expect(median([4, 1, 100, 2])).toBe(3)
  })

  it('of nothing is refused', () => {
    expect(() => median([])).toThrow(RangeError)
  })
})

describe('the random order', () => {
  it('holds every value once', () => {
    expect(shuffle(hundred, createRandom(1)).toSorted((a, b) => b - a)).toEqual(hundred)
  })

  it('is the same for the same seed and another for another', () => {
    expect(shuffle(hundred, createRandom(1))).toEqual(shuffle(hundred, createRandom(1)))
    expect(shuffle(hundred, createRandom(1))).not.toEqual(shuffle(hundred, createRandom(2)))
    expect(shuffle(hundred, createRandom(1))).not.toEqual(hundred)
  })

  it('draws from 0 to 1, evenly enough, whatever the seed', () => {
    for (const seed of [0, 1, -7, 20_260_301]) {
      const random = createRandom(seed)
      const drawn = Array.from({ length: 10_000 }, random)
      expect(Math.min(...drawn)).toBeGreaterThanOrEqual(0)
      expect(Math.max(...drawn)).toBeLessThan(1)
      expect(drawn.reduce((sum, value) => sum + value, 0) / drawn.length).toBeCloseTo(0.5, 1)
    }
  })
})

describe('measuring', () => {
  it('waits for the promise', async () => {
    let isDone = false
    const ms = await measureMs(async () => {
      await new Promise(setImmediate)
      isDone = true
    })
    expect(isDone).toBe(true)
    expect(ms).toBeGreaterThan(0)
  })

  it('does not count the first run', async () => {
    let runs = 0
    const durations = await measureWarmMs(3, async () => {
      runs += 1
    })
    expect([runs, durations.length]).toEqual([4, 3])
  })

  it('passes a failure on', async () => {
    await expect(measureMs(() => Promise.reject(new Error('no')))).rejects.toThrow('no')
  })
})
