/**
 * Warnings: a mail before the first stage, where the policy wants it (off by default).
 *
 * Trigger: a timer every few minutes.
 * Guarantees: once for each time that a project goes unvisited, in one transaction with its event
 * (migrations/functions/queue-warnings.sql). A visit before it is sent cancels it (lease-mails.sql).
 * Locks: the projects of one batch, skipping what others hold; they are warned of the next time.
 */
import type { Context } from '../context.ts'

const batchSize = 1_000

/** Queues what is due and returns how many projects were warned of. Errors: those of the database. */
export async function queueWarnings({ sql, origin, log }: Context, signal: AbortSignal): Promise<number> {
  let total = 0
  let warned = batchSize
  while (warned > 0 && !signal.aborted) {
    const [row] = await sql<{ warned: number }[]>`
      select vigie.queue_warnings(${sql.json({ ...origin })}, ${batchSize}) as warned`
    warned = row?.warned ?? 0
    total += warned
  }
  if (total > 0) log.info({ projects: total }, 'Owners are warned before their projects are put to sleep.')
  return total
}
