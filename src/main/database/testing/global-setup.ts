import type { TestProject } from 'vitest/node'
import type { DatabaseAddress } from '../../config.ts'
import { openPool } from '../connect.ts'
import { readRelease } from '../embedded/release.ts'
import { startTemporaryCluster } from '../embedded/temporary.ts'
import { migrate } from '../migrate.ts'
import { silentLog, templateDatabase, testOrigin } from './names.ts'

declare module 'vitest' {
  interface ProvidedContext {
    readonly cluster: DatabaseAddress
  }
}

/**
 * One server for all database tests of a project, with a migrated template to clone. Its own time zone is an odd one, so
 * that a session which forgot to set UTC is found out. `VIGIE_TEST_POSTGRES` names the folder of another release's npm
 * package (scripts/soak.mjs).
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const packageDir = process.env.VIGIE_TEST_POSTGRES
  const cluster = await startTemporaryCluster({
    settings: { timezone: 'Asia/Kolkata', log_timezone: 'UTC' },
    ...(packageDir && { release: await readRelease(packageDir) }),
  })
  const { connection } = cluster
  const address: DatabaseAddress = { ...connection, password: connection.password, sslMode: 'disable' }
  const admin = openPool({ address, origin: testOrigin, maxConnections: 1 })
  await admin.unsafe(`create database ${templateDatabase}`)
  await admin.end()
  const pool = openPool({
    address: { ...address, database: templateDatabase },
    origin: testOrigin,
    maxConnections: 2,
    statementTimeoutMs: 0,
  })
  await migrate(pool, { log: silentLog, wantsSample: false })
  await pool.end()
  project.provide('cluster', address)
  return cluster.stop
}
