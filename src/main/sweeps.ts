import { randomUUID } from 'node:crypto'
import type { Context } from '../core/context.ts'
import { type RevertRequest, revertSweep } from '../core/sweep/revert.ts'
import { defaultBatchSize, runReleasedHold, type SweepOptions } from '../core/sweep/run.ts'
import type { Alerts } from './alerts.ts'
import { runAttendedSweep } from './attended-sweep.ts'

/** The sweeps that this process runs for the console. */
export interface Sweeps {
  /** Starts a sweep and returns its run's id; how it goes is read from the run. */
  readonly start: () => Promise<number>
  /** Starts what a hold kept back, and returns the id of the run that does it. */
  readonly release: (decision: { readonly holdId: number; readonly reason: string }) => Promise<number>
  /** Starts to take a sweep back and returns the id of the revert's own run. */
  readonly revert: (request: RevertRequest) => Promise<number>
  /** Ends what runs between two batches and waits for it. */
  readonly stop: () => Promise<void>
}

export function createSweeps(context: Context, alerts: Alerts): Sweeps {
  const stopping = new AbortController()
  const running = new Set<Promise<unknown>>()
  const follow = (run: (options: RunOptions) => Promise<unknown>) =>
    new Promise<number>((resolve, reject) => {
      const options = {
        signal: stopping.signal,
        batchSize: defaultBatchSize,
        runner: randomUUID(),
        onStart: resolve,
        // While the console lives, it can say how its sweep ended.
        endRetries: { times: 3_600, delayMs: 1_000 },
      }
      // After the start, the run itself tells how it ended; before it, whoever asked does.
      const ended = run(options)
        .catch(reject)
        .finally(() => running.delete(ended))
      running.add(ended)
    })
  return {
    start: () => follow((options) => runAttendedSweep(context, alerts, { ...options, overrideReason: null })),
    release: (decision) => follow((options) => runReleasedHold(context, { ...options, ...decision })),
    revert: (request) =>
      follow(({ signal, onStart }) => revertSweep(context, request, { signal, ...(onStart && { onStart }) })),
    async stop() {
      stopping.abort()
      await Promise.all(running)
    },
  }
}

type RunOptions = Omit<SweepOptions, 'overrideReason' | 'prepare'>
