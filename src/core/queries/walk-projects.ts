import type { Database } from '../context.ts'
import { listProjects, type ProjectCursor, type ProjectRow, type ProjectView } from './projects.ts'

/** Rows that are read at once: few enough to be held, many enough for a million of them. */
const walkPageSize = 1_000

/**
 * All projects of a view in its order, page by page, as they are at one instant: a snapshot of its own, so that what
 * moves in the order meanwhile is neither missed nor met twice. `session` is one connection and not a pool; it is in a
 * transaction for as long as the walk takes. Whoever takes longer than a minute over a page loses the session, since an
 * old snapshot keeps the database from cleaning up.
 */
export async function* walkProjects(session: Database, view: ProjectView): AsyncGenerator<readonly ProjectRow[]> {
  await session`begin isolation level repeatable read, read only`
  try {
    await session`set local idle_in_transaction_session_timeout = '60s'`
    let cursor: ProjectCursor | null = null
    do {
      const page = await listProjects(session, { ...view, cursor, towards: 'forward', limit: walkPageSize })
      yield page.rows
      cursor = page.next
    } while (cursor !== null)
  } finally {
    // On a connection that was lost, PostgreSQL has ended it already.
    await session`rollback`.catch(() => undefined)
  }
}
