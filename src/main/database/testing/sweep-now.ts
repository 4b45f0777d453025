import { randomUUID } from 'node:crypto'
import type { Context } from '../../../core/context.ts'
import type { Run } from '../../../core/queries/runs.ts'
import { runSweep, type SweepOptions } from '../../../core/sweep/run.ts'

/** A sweep of a test's own, whatever the brakes say; its finished run. */
export async function sweepNow(context: Context, options: Partial<SweepOptions> = {}): Promise<Run> {
  const { run } = await runSweep(context, {
    signal: new AbortController().signal,
    batchSize: 100,
    runner: randomUUID(),
    overrideReason: 'a test',
    ...options,
  })
  return run
}
