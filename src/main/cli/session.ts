import { setTimeout as sleep } from 'node:timers/promises'
import type { Entry, Log } from '../../core/context.ts'
import { isConnectionError } from '../../core/database-error.ts'
import { VigieError } from '../../core/errors.ts'
import { type App, createApp } from '../app.ts'
import { readConfig } from '../config.ts'
import { machineName, openPool, type Pool } from '../database/connect.ts'
import { embeddedFolder, openDatabase } from '../database/open.ts'
import { readVersion } from '../version.ts'

/** What the commands get of the process that runs them. */
export interface Process {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly log: Log
  /** Aborted by the first Ctrl-C or SIGTERM. */
  readonly signal: AbortSignal
  /** A line for people on standard error, beside the answer. */
  readonly notice: (sentence: string) => void
}

/** Runs something on a database that is checked first, and closes everything after. */
export async function withApp<T>(
  process: Process,
  work: (app: App) => Promise<T>,
  options: { entry?: Entry; endsItself?: boolean } = {},
): Promise<T> {
  const interruption = interrupt(process, options.endsItself ?? false)
  nameEmbedded(process)
  const app = await createApp({
    entry: options.entry ?? 'cli',
    env: process.env,
    log: process.log,
    preparation: 'sample',
    onDatabaseEnded: interruption.databaseEnded,
  })
  try {
    return await interruption.race(app.checkDatabase().then(() => work(app)))
  } finally {
    await app.stop()
  }
}

/** Runs something on a database as it is, without time limits: for what prepares it. */
export async function withBarePool<T>(
  process: Process,
  preparation: 'none' | 'migrate',
  work: (pool: Pool) => Promise<T>,
): Promise<T> {
  const origin = { entry: 'cli', machine: machineName(), version: readVersion() } as const
  const interruption = interrupt(process, false)
  nameEmbedded(process)
  const database = await openDatabase({
    ...process,
    config: readConfig(process.env),
    origin,
    preparation,
    onDatabaseEnded: interruption.databaseEnded,
  })
  const pool = openPool({ address: database.address, origin, maxConnections: 2, statementTimeoutMs: 0 })
  try {
    return await interruption.race(work(pool))
  } finally {
    await pool.end({ timeout: 2 })
    await database.close()
  }
}

/** Whoever forgot to name the platform's database must not take the sample's figures for its own. */
function nameEmbedded({ env, notice }: Process): void {
  const folder = embeddedFolder({ config: readConfig(env), env })
  if (folder !== null) notice(`DATABASE_URL is not set: this is Vigie’s own sample database in ${folder}.`)
}

/** How long after a lost connection the end of the embedded database may be noticed. */
const endedGraceMs = 1_500

/** Rejects when the embedded database's owner ends, and at Ctrl-C unless the work looks at the signal itself. */
function interrupt(process: Process, endsItself: boolean) {
  let reject: (reason: VigieError) => void = () => {}
  const promise = new Promise<never>((_resolve, rejectPromise) => {
    reject = rejectPromise
  })
  // Whoever races it hears of it; a rejection after the work is done concerns nobody.
  promise.catch(() => undefined)
  process.signal.addEventListener('abort', () => {
    if (endsItself) process.notice('Ending after this batch. Ctrl-C once more ends at once.')
    else reject(new VigieError('CANCELLED', 'Cancelled. What was committed is kept.'))
  })
  return {
    /** The work's result, or why it was interrupted. A lost connection may be the first sign of a database that ended. */
    async race<T>(work: Promise<T>): Promise<T> {
      try {
        return await Promise.race([work, promise])
      } catch (error) {
        if (isConnectionError(error)) await Promise.race([promise, sleep(endedGraceMs)])
        throw error
      }
    },
    databaseEnded: () =>
      reject(
        new VigieError(
          'EMBEDDED_DATABASE_ENDED',
          'The Vigie that ran the embedded database has ended. What was committed is kept; run the command again.',
        ),
      ),
  }
}
