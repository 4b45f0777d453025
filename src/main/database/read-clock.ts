import type { Database } from '../../core/context.ts'
import type { ClockReading } from '../../core/edge-doctor/judge-clock.ts'

/** Asks the database for its time, over a connection that is there already. */
export async function readClock(sql: Database): Promise<ClockReading> {
  // A connection of its own is made for the first question.
  await sql`select 1`
  const askedAt = Date.now()
  const [row] = await sql<{ databaseAt: number }[]>`
    select extract(epoch from clock_timestamp())::float8 * 1000 as "databaseAt"`
  const answeredAt = Date.now()
  if (row === undefined) throw new Error('the database did not tell its time')
  return { askedAt, databaseAt: row.databaseAt, answeredAt }
}
