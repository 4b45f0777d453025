import type { Origin } from '../src/core/context.ts'
import type { DatabaseAddress } from '../src/main/config.ts'
import { consoleConnections, openPool, type Pool } from '../src/main/database/connect.ts'
import { startTemporaryCluster } from '../src/main/database/embedded/temporary.ts'
import { migrate } from '../src/main/database/migrate.ts'
import { fillSample } from '../src/main/database/sample.ts'
import { makeDue } from './make-due.ts'
import { makeFindable } from './make-findable.ts'

/** A server of the bench's own, and the platform on it that everything is measured on. */
export interface BenchPlatform {
  /** The server; its database is the filled platform. */
  readonly address: DatabaseAddress
  readonly projects: number
  /** So many of them are due, all in the first stage. */
  readonly due: number
}

export const benchOrigin: Origin = { entry: 'cli', machine: 'bench', version: '0.0.0' }

/** What the temporary server leaves out and the product's own does not: a commit has to wait for the disk. */
const durableSettings = { fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on' }

/** Starts a server as the product starts its own, in a temporary folder. `stop` ends it and removes the folder. */
export async function startBenchServer(): Promise<{ address: DatabaseAddress; stop: () => Promise<void> }> {
  const { connection, stop } = await startTemporaryCluster({ settings: durableSettings })
  return { address: { ...connection, password: connection.password, sslMode: 'disable' }, stop }
}

/** Migrates an empty database and fills it with the sample platform, a tenth of whose projects are due. */
export async function fillPlatform(
  address: DatabaseAddress,
  projects: number,
  onProgress: (text: string) => void,
): Promise<BenchPlatform> {
  return await withSetupPool(address, async (sql) => {
    onProgress('Migrating')
    await migrate(sql, { log: { info: () => {}, warn: () => {}, error: () => {} }, wantsSample: false })
    await fillSample(sql, { projects, onProgress })
    onProgress('Making a tenth due')
    const due = await makeDue(sql, Math.floor(projects / 10))
    await makeFindable(sql)
    await settle(sql)
    return { address, projects, due }
  })
}

/** Fresh statistics, a visibility map, and nothing left to write: so that each measurement starts from the same. */
export async function settle(sql: Pool): Promise<void> {
  await sql.unsafe('vacuum (analyze)')
  await sql.unsafe('checkpoint')
}

/**
 * Gives an action a copy of the filled platform, and drops it afterwards. A sweep can be measured only once on a state,
 * so that each variant that writes gets a copy of its own, made of the same files. Nobody may be connected to the platform.
 */
export async function withCopy<Result>(
  { address }: BenchPlatform,
  name: string,
  action: (copy: DatabaseAddress) => Promise<Result>,
): Promise<Result> {
  return await withSetupPool({ ...address, database: 'postgres' }, async (admin) => {
    await admin.unsafe(`create database ${name} template ${address.database} strategy file_copy`)
    try {
      return await action({ ...address, database: name })
    } finally {
      await admin.unsafe(`drop database ${name} with (force)`)
    }
  })
}

/** Gives an action the sessions that a console has. */
export function withConsolePool<Result>(address: DatabaseAddress, action: (sql: Pool) => Promise<Result>) {
  return withPool({ address, maxConnections: consoleConnections }, action)
}

/** Gives an action a session that waits as long as it takes. */
export function withSetupPool<Result>(address: DatabaseAddress, action: (sql: Pool) => Promise<Result>) {
  return withPool({ address, maxConnections: 2, statementTimeoutMs: 0 }, action)
}

async function withPool<Result>(
  options: { address: DatabaseAddress; maxConnections: number; statementTimeoutMs?: number },
  action: (sql: Pool) => Promise<Result>,
): Promise<Result> {
  const sql = openPool({ ...options, origin: benchOrigin })
  try {
    return await action(sql)
  } finally {
    await sql.end({ timeout: 5 })
  }
}
