import { randomUUID } from 'node:crypto'
import type { Context } from '../core/context.ts'
import { defaultBatchSize, runSweep } from '../core/sweep/run.ts'

/** The sweeps that this process runs for the console. */
export interface Sweeps {
  /** Starts a sweep and returns its run's id; how it goes is read from the run. */
  readonly start: () => Promise<number>
  /** Ends what runs between two batches and waits for it. */
  readonly stop: () => Promise<void>
}

export function createSweeps(context: Context): Sweeps {
  const stopping = new AbortController()
  const running = new Set<Promise<unknown>>()
  return {
    start: () =>
      new Promise<number>((resolve, reject) => {
        const sweep = runSweep(context, {
          signal: stopping.signal,
          batchSize: defaultBatchSize,
          runner: randomUUID(),
          overrideReason: null,
          onStart: resolve,
          // While the console lives, it can say how its sweep ended.
          endRetries: { times: 3_600, delayMs: 1_000 },
        })
          // After the start, the run itself tells how it ended; before it, whoever asked does.
          .catch(reject)
          .finally(() => running.delete(sweep))
        running.add(sweep)
      }),
    async stop() {
      stopping.abort()
      await Promise.all(running)
    },
  }
}
