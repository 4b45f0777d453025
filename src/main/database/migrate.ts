/**
 * `migrate`: brings a database of any of the three levels (ARCHITECTURE.md, The platform) to what this Vigie needs.
 *
 * Trigger: `vigie migrate`; each start on the embedded database. Never by itself on a platform's database.
 * Guarantees: a second run applies nothing; two at once wait for each other; each step is one transaction or can be
 * repeated, so that one that was killed is finished by the next. At level `tracked` no column, type or row of the
 * platform's is touched; at level `plans` only what inactivity tracking is made of.
 * Locks: an advisory lock of its own; on the platform's tables only instants (`lock_timeout`), indexes concurrently.
 */
import type { Database, Log } from '../../core/context.ts'
import { VigieError } from '../../core/errors.ts'
import { initialiseTraffic } from '../../core/traffic/initialise.ts'
import { inTransaction } from '../../core/transaction.ts'
import { withAdvisoryLock } from './advisory-lock.ts'
import type { Pool } from './connect.ts'
import { describeFunctions } from './functions-record.ts'
import { ensureIndexes, ensureTrigrams } from './indexes.ts'
import { requireNoForeignObjects, requireOwnTables } from './own-schema.ts'
import { inspectPlatform, type PlatformLevel } from './platform.ts'
import { listMigrations, readFunctions, readScript } from './scripts.ts'

export interface MigrateResult {
  /** As found before. */
  readonly level: PlatformLevel
  /** The steps that were taken, by name. */
  readonly applied: readonly string[]
}

export interface MigrateOptions {
  readonly log: Log
  /** On an empty database: remember that a sample is wanted, so that an interrupted first start makes it all the same. */
  readonly wantsSample: boolean
}

/**
 * Migrates. Needs a pool without statement timeout. Errors: NOT_A_PLATFORM, SCHEMA_TOO_NEW and
 * SCHEMA_DAMAGED, before anything is written; those of the database.
 */
export function migrate(pool: Pool, options: MigrateOptions): Promise<MigrateResult> {
  return withAdvisoryLock(pool, 'migrate', (session) => migrateAlone(session, options))
}

async function migrateAlone(sql: Database, options: MigrateOptions): Promise<MigrateResult> {
  const level = await inspectPlatform(sql)
  const recorded = await readRecord(sql)
  if (recorded.has(firstMigration)) await requireOwnTables(sql, recorded)
  else await requireNoForeignObjects(sql)
  const applied: string[] = []
  const done = await prepareRecord(sql, level, options, applied)

  if (level !== 'tracked') {
    await sql.unsafe(readScript('tracking/status-values.sql')).simple()
    await once(sql, done, applied, 'tracking', () => sql.unsafe(readScript('tracking/columns.sql')).simple())
  }
  for (const name of listMigrations()) {
    await once(sql, done, applied, name, () => sql.unsafe(readScript(`${name}.sql`)).simple())
  }
  await createFunctions(sql, applied)
  if (done.has('tracking') && !done.has('tracking-traffic')) {
    await initialiseTraffic(sql, { source: 'updated-at' })
    await once(sql, done, applied, 'tracking-traffic')
  }
  applied.push(...(await createIndexes(sql, options.log, done.has('tracking'))))
  if (level === 'plans') options.log.warn({}, newStatusesNotice)
  return { level, applied }
}

const [firstMigration = ''] = listMigrations()

const newStatusesNotice =
  'The platform’s own code may not know the statuses "inactive" and "permanently_disabled" yet and may fail on reading ' +
  'them: make sure that it does before the first sweep.'

/** The schema, the baseline if the database is empty, and the record of what was applied. */
async function prepareRecord(sql: Database, level: PlatformLevel, options: MigrateOptions, applied: string[]) {
  await inTransaction(sql, async () => {
    await sql`create schema if not exists vigie`
    await sql`
      create table if not exists vigie.migration (
        name text primary key,
        applied_at timestamptz not null default now(),
        detail text)`
    if (level === 'empty') {
      await sql.unsafe(readScript('baseline/platform.sql')).simple()
      await sql`insert into vigie.migration (name) values ('baseline')`
      if (options.wantsSample) await sql`insert into vigie.migration (name) values ('sample-wanted')`
      applied.push('baseline')
    }
  })
  return await readRecord(sql)
}

/** The names of what was applied. Errors: SCHEMA_TOO_NEW. */
async function readRecord(sql: Database): Promise<Set<string>> {
  const [record] = await sql<{ isThere: boolean }[]>`
    select exists (
      select from pg_attribute a
      where a.attrelid = to_regclass('vigie.migration') and a.attname = 'detail' and not a.attisdropped) as "isThere"`
  if (record?.isThere !== true) return new Set()
  const rows = await sql<{ name: string }[]>`select name from vigie.migration`
  const known = new Set(listMigrations())
  if (rows.some(({ name }) => /^\d{4}-/.test(name) && !known.has(name))) {
    throw new VigieError('SCHEMA_TOO_NEW', 'A newer Vigie prepared this database. Update this one to migrate it.')
  }
  return new Set(rows.map(({ name }) => name))
}

/** A step that is taken once. Its record is written first, in the same transaction, so that a clash is detected. */
async function once(
  sql: Database,
  done: Set<string>,
  applied: string[],
  name: string,
  step?: () => Promise<unknown>,
): Promise<void> {
  if (done.has(name)) return
  await inTransaction(sql, async () => {
    await sql`insert into vigie.migration (name) values (${name})`
    await step?.()
  })
  done.add(name)
  applied.push(name)
}

/** Functions are created anew each time; that counts as applied when they were another build's. */
async function createFunctions(sql: Database, applied: string[]): Promise<void> {
  await inTransaction(sql, async () => {
    for (const text of readFunctions()) await sql.unsafe(text).simple()
    await sql`revoke execute on all functions in schema vigie from public`
    const [before] = await sql<{ detail: string | null }[]>`select detail from vigie.migration where name = 'functions'`
    const detail = describeFunctions()
    if (before?.detail === detail) return
    await sql`
      insert into vigie.migration (name, detail) values ('functions', ${detail})
      on conflict (name) do update set detail = excluded.detail, applied_at = now()`
    applied.push('functions')
  })
}

async function createIndexes(sql: Database, log: Log, withTrafficIndex: boolean): Promise<string[]> {
  const trigrams = await ensureTrigrams(sql)
  if ('problem' in trigrams) {
    log.warn({ err: trigrams.problem }, 'The extension pg_trgm can’t be created here: the search works, but slower.')
  }
  const trigramSchema = 'schema' in trigrams ? trigrams.schema : null
  return ensureIndexes(sql, { trigramSchema, withTrafficIndex })
}
