import { setTimeout as sleep } from 'node:timers/promises'
import type { Database } from '../../core/context.ts'
import { VigieError } from '../../core/errors.ts'
import { type Pool, withSession } from './connect.ts'

export interface LockPatience {
  readonly pollIntervalMs: number
  readonly timeoutMs: number
}

const defaultPatience: LockPatience = { pollIntervalMs: 50, timeoutMs: 600_000 }

/**
 * Runs something on one session that holds an advisory lock of Vigie's. It asks for the lock again and again rather than
 * wait in the database: a statement that waits holds a snapshot, and `create index concurrently` of whoever has the lock
 * would wait for that. Errors: DATABASE_BUSY.
 */
export function withAdvisoryLock<T>(
  pool: Pool,
  name: 'migrate' | 'sample',
  work: (session: Database) => Promise<T>,
  patience: LockPatience = defaultPatience,
): Promise<T> {
  const key = `vigie.${name}`
  return withSession(pool, async (session) => {
    for (let waitedMs = 0; !(await tryLock(session, key)); waitedMs += patience.pollIntervalMs) {
      if (waitedMs >= patience.timeoutMs) {
        throw new VigieError(
          'DATABASE_BUSY',
          'Another Vigie has been preparing this database for long. Try again later.',
        )
      }
      await sleep(patience.pollIntervalMs)
    }
    // The lock ends with the session.
    return work(session)
  })
}

async function tryLock(session: Database, key: string): Promise<boolean> {
  const [answer] = await session<{ isOurs: boolean }[]>`
    select pg_try_advisory_lock(hashtextextended(${key}, 0)) as "isOurs"`
  return answer?.isOurs === true
}
