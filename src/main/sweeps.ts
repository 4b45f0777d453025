import type { Context } from '../core/context.ts'
import { type RevertRequest, revertSweep } from '../core/sweep/revert.ts'
import { defaultBatchSize, runSweep } from '../core/sweep/run.ts'

/** The sweeps that this process runs for the console. */
export interface Sweeps {
  /** Starts a sweep and returns its run's id; how it goes is read from the run. */
  readonly start: () => Promise<number>
  /** Starts to take a sweep back and returns the id of the revert's own run. */
  readonly revert: (request: RevertRequest) => Promise<number>
  /** Ends what runs between two batches and waits for it. */
  readonly stop: () => Promise<void>
}

export function createSweeps(context: Context): Sweeps {
  const stopping = new AbortController()
  const running = new Set<Promise<unknown>>()
  /** Resolves with the run's id as soon as there is one; after that, the run itself tells how it ended. */
  const launch = (run: (onStart: (runId: number) => void) => Promise<unknown>) =>
    new Promise<number>((resolve, reject) => {
      const work = run(resolve)
        .catch(reject)
        .finally(() => running.delete(work))
      running.add(work)
    })
  return {
    start: () =>
      launch((onStart) =>
        runSweep(context, {
          signal: stopping.signal,
          batchSize: defaultBatchSize,
          onStart,
          // While the console lives, it can say how its sweep ended.
          endRetries: { times: 3_600, delayMs: 1_000 },
        }),
      ),
    revert: (request) => launch((onStart) => revertSweep(context, request, { signal: stopping.signal, onStart })),
    async stop() {
      stopping.abort()
      await Promise.all(running)
    },
  }
}
