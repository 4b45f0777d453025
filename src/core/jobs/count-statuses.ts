/**
 * The daily counts: how many projects were in each status at the end of the last UTC day, for the charts.
 *
 * Trigger: a tick, soon after midnight UTC.
 * Guarantees: one transaction (migrations/functions/count-statuses.sql); a day is counted once, by whoever comes first.
 * Locks: none.
 */
import type { Context } from '../context.ts'

export interface StatusDay {
  /** The day that ended, as YYYY-MM-DD. */
  readonly day: string
  /** False: it had been counted already, and stays as it is. */
  readonly isCounted: boolean
}

/** Counts the day that ended last. Errors: those of the database. */
export async function countStatuses({ sql, log }: Pick<Context, 'sql' | 'log'>): Promise<StatusDay> {
  const [row] = await sql<{ answer: StatusDay }[]>`select vigie.count_statuses() as answer`
  if (row === undefined) throw new Error('vigie.count_statuses returned nothing')
  if (row.answer.isCounted) log.info({ day: row.answer.day }, 'The projects of a day were counted.')
  return row.answer
}
