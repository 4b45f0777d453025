import type { Context } from '../context.ts'
import { databaseErrorOf, isPassingError } from '../database-error.ts'
import type { RunFailure } from '../queries/runs.ts'
import type { ClaimedTick } from './claim.ts'

/** How the work of a job ended. */
export interface JobEnd {
  readonly outcome: 'done' | 'partial'
  readonly failed: number
  readonly failures: readonly RunFailure[]
}

const done: JobEnd = { outcome: 'done', failed: 0, failures: [] }

/**
 * Does the work of a claimed tick and closes its run; one that stopped for what passes by itself is left open, and taken
 * over in a while. Errors: those of the work.
 */
export async function runJob<Result>(
  { sql, log }: Context,
  { runId, runner, job }: ClaimedTick,
  work: () => Promise<Result>,
  endOf: (result: Result) => JobEnd = () => done,
): Promise<void> {
  const finish = (
    end: Omit<JobEnd, 'outcome'> & { outcome: JobEnd['outcome'] | 'failed' },
    error: { code: string; message: string } | null,
  ) => {
    const failures = end.failures.map((failure) => ({ ...failure }))
    return sql`select vigie.finish_run(${runId}, ${runner}, ${sql.json({ ...end, failures, skipped: 0, error })})`
  }
  let result: Result
  try {
    result = await work()
  } catch (error) {
    if (!isPassingError(error)) {
      const { code, message } = databaseErrorOf(error)
      await finish({ ...done, outcome: 'failed' }, { code, message }).catch(() =>
        log.error({ runId, job }, 'The end was not written.'),
      )
    }
    throw error
  }
  await finish(endOf(result), null)
}
