import type { Database, Entry, Log, Origin } from '../core/context.ts'
import { keepFor } from '../core/keep-for.ts'
import { readOutlook } from '../core/queries/outlook.ts'
import { type Alerts, createAlerts, readAlertConfig } from './alerts.ts'
import { createBulkActs } from './bulk-acts.ts'
import { type Config, type DatabaseAddress, readConfig } from './config.ts'
import { openChangeFeed } from './database/change-feed.ts'
import { checkDatabase } from './database/check.ts'
import {
  consoleConnections,
  machineName,
  openPool,
  type Pool,
  renewReadOnlySessions,
  withSession,
} from './database/connect.ts'
import { openDatabase, type Preparation } from './database/open.ts'
import { createExports } from './exports.ts'
import { readMailConfig } from './mail/mail-config.ts'
import { type Mailer, openMailer } from './mail/open-mailer.ts'
import type { DatabaseFacts, RpcApp } from './rpc/trpc.ts'
import { createSweeps } from './sweeps.ts'
import { readVersion } from './version.ts'

export interface AppOptions {
  readonly entry: Entry
  readonly env: Readonly<Record<string, string | undefined>>
  readonly log: Log
  /** What is done to the embedded database before it is used; a platform's own is never touched. */
  readonly preparation: Preparation
  /** The database that a person chose; by default the environment's. */
  readonly database?: DatabaseAddress | null
  /** By default what a desktop may hold. */
  readonly maxConnections?: number
  /** Of several servers only one that may be written to will do; by default one that can't is better than none. */
  readonly mustWrite?: boolean
  /** Called when the embedded database's owner ended and this process does not take over. */
  readonly onDatabaseEnded?: () => void
}

/** Vigie, composed: the one place where the parts meet. */
export interface App extends RpcApp {
  /** The pool behind `sql`, for what needs transactions of its own. */
  readonly pool: Pool
  /** Opened, and used by whoever sends (mail/sender.ts, `mail deliver`). */
  readonly mailer: Mailer
  /** Another way out for mails, to be closed by whoever opened it. */
  readonly openMailer: () => Mailer
  readonly alerts: Alerts
  /** As `checkDatabase`, but asks now; and replaces sessions that took over a read-only state which is over. */
  readonly recheckDatabase: () => Promise<DatabaseFacts>
  /** Ends a running sweep between two batches, a bulk act between two projects and exports at once, then closes the database. */
  readonly stop: () => Promise<void>
}

/**
 * Composes the application. Resolves when the embedded database stands; a platform's database may be away, and is asked
 * at the first use. Errors: CONFIG_INVALID, DATA_FOLDER_UNUSABLE, EMBEDDED_DATABASE_FAILED.
 */
export async function createApp(options: AppOptions): Promise<App> {
  const { entry, env, log } = options
  const configured = readConfig(env)
  const config: Config = { ...configured, database: options.database ?? configured.database }
  const mailConfig = readMailConfig(env)
  const alertConfig = readAlertConfig(env)
  const origin: Origin = { entry, machine: machineName(), version: readVersion() }
  const database = await openDatabase({ ...options, config, origin })
  const pool = openPool({
    address: database.address,
    origin,
    maxConnections: options.maxConnections ?? consoleConnections,
    mustWrite: options.mustWrite ?? false,
  })
  const mailer = openMailer(mailConfig, env)
  const alerts = createAlerts({ sql: pool, log, origin }, alertConfig, { mailer, fetch })
  const sweeps = createSweeps({ sql: pool, log, origin }, alerts)
  const inSession = <T>(work: (session: Database) => Promise<T>) => withSession(pool, work)
  const bulk = createBulkActs({ sql: pool, log, origin, withSession: inSession, nowMs: () => performance.now() })
  const exports = createExports({ withSession: inSession, bulk })
  let feed: ReturnType<typeof openChangeFeed> | undefined
  let checked: { readonly facts: DatabaseFacts; readonly atMs: number } | undefined

  const recheckDatabase = async () => {
    let facts = await checkDatabase(pool)
    if (facts.isReadOnly) {
      await renewReadOnlySessions(pool)
      facts = await checkDatabase(pool)
    }
    checked = { facts, atMs: performance.now() }
    return facts
  }

  return {
    sql: pool,
    pool,
    mailer,
    openMailer: () => openMailer(mailConfig, env),
    unattended: null,
    alerts,
    log,
    origin,
    databaseTarget: database.target,
    deployDomain: config.deployDomain ?? (database.target.kind === 'embedded' ? sampleDeployDomain : null),
    sweeps,
    readOutlook: keepFor({ maxAgeMs: outlookAgeMs, nowMs: () => performance.now() }, () => readOutlook(pool)),
    checkDatabase: async () => {
      if (checked === undefined || performance.now() - checked.atMs > recheckAfterMs) return await recheckDatabase()
      return checked.facts
    },
    recheckDatabase,
    bulk,
    exports,
    chooseFile: null,
    withSession: inSession,
    watchChanges: (signal) => {
      feed ??= openChangeFeed(pool, log)
      return feed.watch(signal)
    },
    stop: async () => {
      await Promise.all([sweeps.stop(), bulk.stop(), exports.stop()])
      mailer.close()
      await pool.end({ timeout: 2 })
      await database.close()
    },
  }
}

/** Long enough for reading a million projects to be no load. */
const outlookAgeMs = 60_000

/** A database may become read-only, be migrated or be replaced while Vigie looks on. */
const recheckAfterMs = 10_000

/** Under which the sample platform's projects live when the environment names no other. */
const sampleDeployDomain = 'apps.example'
