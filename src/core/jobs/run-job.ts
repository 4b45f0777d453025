import type { Context } from '../context.ts'
import { databaseErrorOf, isPassingError } from '../database-error.ts'
import type { ClaimedTick } from './claim.ts'

/**
 * Does the work of a claimed tick and closes its run; one that stopped for what passes by itself is left open, and taken
 * over in a while. Errors: those of the work.
 */
export async function runJob(
  { sql, log }: Context,
  { runId, runner, job }: ClaimedTick,
  work: () => Promise<unknown>,
): Promise<void> {
  const finish = (outcome: 'done' | 'failed', error: { code: string; message: string } | null) =>
    sql`select vigie.finish_run(${runId}, ${runner}, ${sql.json({ outcome, skipped: 0, failed: 0, error })})`
  try {
    await work()
  } catch (error) {
    if (!isPassingError(error)) {
      const { code, message } = databaseErrorOf(error)
      await finish('failed', { code, message }).catch(() => log.error({ runId, job }, 'The end was not written.'))
    }
    throw error
  }
  await finish('done', null)
}
