import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createPacer } from './pacer.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

it('works at once, then at its pace, and forgets nothing that was asked for in between', () => {
  const work = vi.fn()
  const pacer = createPacer(1_000, work)
  pacer.poke()
  expect(work).toHaveBeenCalledTimes(1)
  for (let pokes = 0; pokes < 5; pokes += 1) pacer.poke()
  expect(work).toHaveBeenCalledTimes(1)
  vi.advanceTimersByTime(1_000)
  expect(work).toHaveBeenCalledTimes(2)
})

it('rests when nobody asks', () => {
  const work = vi.fn()
  const pacer = createPacer(1_000, work)
  pacer.poke()
  vi.advanceTimersByTime(10_000)
  expect(work).toHaveBeenCalledTimes(1)
  expect(vi.getTimerCount()).toBe(0)
  pacer.poke()
  expect(work).toHaveBeenCalledTimes(2)
})

it('does nothing more when it is stopped', () => {
  const work = vi.fn()
  const pacer = createPacer(1_000, work)
  pacer.poke()
  pacer.poke()
  pacer.stop()
  vi.advanceTimersByTime(10_000)
  expect(work).toHaveBeenCalledTimes(1)
})
