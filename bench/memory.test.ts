import { afterEach, expect, it, vi } from 'vitest'
import { watchMemory } from './memory.ts'

afterEach(() => {
  vi.useRealTimers()
})

it('tells the growth at the peak, also when it is over', () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  const megabytes = 64
  const watch = watchMemory()
  let block: Uint8Array | null = new Uint8Array(megabytes * 1024 * 1024).fill(1)
  vi.advanceTimersToNextTimer()
  expect(block.length).toBeGreaterThan(0)
  block = null
  expect(watch.stop()).toBeGreaterThan(megabytes * 0.9)
  expect(vi.getTimerCount()).toBe(0)
})
