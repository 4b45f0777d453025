import type { Database } from './context.ts'

/**
 * Runs something in a transaction: all of it, or nothing. `session` is one connection and not a pool
 * (withSession in main/database/connect.ts).
 */
export async function inTransaction<T>(session: Database, work: () => Promise<T>): Promise<T> {
  await session`begin`
  try {
    const result = await work()
    await session`commit`
    return result
  } catch (error) {
    // On a connection that was lost, PostgreSQL has rolled back already.
    await session`rollback`.catch(() => undefined)
    throw error
  }
}

/** Runs a part of a transaction that may fail by itself. */
export async function inSavepoint<T>(session: Database, work: () => Promise<T>): Promise<T> {
  await session`savepoint part`
  try {
    const result = await work()
    await session`release savepoint part`
    return result
  } catch (error) {
    await session`rollback to savepoint part`
    throw error
  }
}
