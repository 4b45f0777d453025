/**
 * Tells of a held sweep those who are not looking.
 *
 * Trigger: the end of a sweep that was held; and every few minutes the scheduler of any process, since one that dies after
 * it held a sweep has told nobody. Guarantees: each hold is told of once, unless a process dies after telling and before
 * its record. Locks: the hold's row, for the time of a statement.
 */
import type { Context } from '../context.ts'
import { databaseErrorOf } from '../database-error.ts'
import { type Hold, readHold } from './holds.ts'

/** Tells of the open hold if nobody was told. `tell` is expected to log what fails. Never throws. */
export async function tellHold({ sql, log }: Context, tell: (hold: Hold) => Promise<void>): Promise<void> {
  try {
    const [lease] = await sql<{ holdId: number | null }[]>`select vigie.lease_hold_alert() as "holdId"`
    if (lease === undefined || lease.holdId === null) return
    await tell(await readHold(sql, lease.holdId))
    await sql`select vigie.note_hold_told(${lease.holdId})`
  } catch (error) {
    log.error(
      { code: databaseErrorOf(error).code },
      'Whether a held sweep was told of is not known; looked at again later.',
    )
  }
}
