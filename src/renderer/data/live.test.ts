import { QueryClient, QueryObserver } from '@tanstack/react-query'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Change } from '../../core/change.ts'
import { createRefresher } from './live.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const kinds = ['runs', 'shown', 'mails', 'due'] as const

/** A window that shows one query of each kind, and counts how often each is read. */
function openWindow() {
  const queryClient = new QueryClient()
  const reads = { runs: 0, shown: 0, mails: 0, due: 0 }
  const stops = kinds.map((kind) =>
    new QueryObserver(queryClient, {
      queryKey: [kind],
      queryFn: async () => {
        reads[kind] += 1
        return kind
      },
      staleTime: 20_000,
    }).subscribe(() => {}),
  )
  const filters = {
    runs: [{ queryKey: ['runs'] }],
    shown: [{ queryKey: ['shown'] }],
    mails: [{ queryKey: ['mails'] }],
    due: [{ queryKey: ['due'] }],
  }
  return {
    reads,
    queryClient,
    refresher: createRefresher(filters, queryClient),
    close() {
      for (const stop of stops) stop()
    },
  }
}

it('10,000 events in ten seconds are a bounded number of requests, and none of the last is missed', async () => {
  const { reads, refresher, close } = openWindow()
  await vi.advanceTimersByTimeAsync(0)
  const storm: readonly Change[] = [
    { kind: 'sweep', runId: 1, stage: 'deactivate', moved: 1 },
    { kind: 'traffic', moved: 1 },
    { kind: 'mail', queued: 0 },
    { kind: 'project', projectId: 'a' },
  ]
  for (let event = 0; event < 10_000; event += 1) {
    const change = storm[event % storm.length]
    if (change !== undefined) refresher.take(change)
    await vi.advanceTimersByTimeAsync(1)
  }
  const during = { ...reads }
  // The first read, then at most one per pace: 300 ms, 1.5 s, 1.5 s, 5 s.
  expect(during.runs).toBeLessThanOrEqual(1 + 35)
  expect(during.shown).toBeLessThanOrEqual(1 + 8)
  expect(during.mails).toBeLessThanOrEqual(1 + 8)
  expect(during.due).toBeLessThanOrEqual(1 + 3)
  refresher.take({ kind: 'project', projectId: 'last' })
  await vi.advanceTimersByTimeAsync(10_000)
  for (const kind of ['shown', 'mails', 'due'] as const) expect(reads[kind]).toBeGreaterThan(during[kind])
  const after = { ...reads }
  await vi.advanceTimersByTimeAsync(60_000)
  expect(reads).toEqual(after)
  refresher.stop()
  close()
})

it('what nobody looks at is not read', async () => {
  const { reads, refresher, close } = openWindow()
  await vi.advanceTimersByTimeAsync(0)
  close()
  const before = { ...reads }
  for (let event = 0; event < 1_000; event += 1) refresher.take({ kind: 'traffic', moved: 1 })
  await vi.advanceTimersByTimeAsync(30_000)
  expect(reads).toEqual(before)
  refresher.stop()
})
