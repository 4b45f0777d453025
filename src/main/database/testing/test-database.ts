import { afterAll, inject } from 'vitest'
import type { Context } from '../../../core/context.ts'
import type { DatabaseAddress } from '../../config.ts'
import { openPool, type Pool } from '../connect.ts'
import { silentLog, templateDatabase, testOrigin } from './names.ts'

export interface TestDatabase extends Context {
  readonly sql: Pool
  readonly address: DatabaseAddress
}

let databases = 0

/** A database of its own for a test file: a clone of the migrated template, or an empty one. Dropped at the file's end. */
export async function createTestDatabase(
  options: { isEmpty?: boolean; maxConnections?: number } = {},
): Promise<TestDatabase> {
  const cluster = inject('cluster')
  databases += 1
  const name = `test_${process.pid}_${databases}`
  const admin = openPool({ address: cluster, origin: testOrigin, maxConnections: 1 })
  await admin.unsafe(`create database ${name} template ${options.isEmpty ? 'template0' : templateDatabase}`)
  const address = { ...cluster, database: name }
  const sql = openPool({ address, origin: testOrigin, maxConnections: options.maxConnections ?? 4 })
  afterAll(async () => {
    await sql.end({ timeout: 1 })
    await admin.unsafe(`drop database ${name} with (force)`)
    await admin.end()
  })
  return { sql, address, log: silentLog, origin: testOrigin }
}
