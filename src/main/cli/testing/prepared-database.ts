import { openPool, type Pool } from '../../database/connect.ts'
import { startTemporaryCluster } from '../../database/embedded/temporary.ts'
import { migrate } from '../../database/migrate.ts'
import { silentLog, testOrigin } from '../../database/testing/names.ts'

export interface PreparedDatabase {
  readonly sql: Pool
  /** What the command line needs to find it. */
  readonly env: Readonly<Record<string, string>>
  readonly stop: () => Promise<void>
}

/** A migrated, empty platform on a server of its own, for the built command line. */
export async function prepareDatabase(): Promise<PreparedDatabase> {
  const cluster = await startTemporaryCluster()
  const { host, port, user, database } = cluster.connection
  const address = { host, port, user, database, password: undefined, sslMode: 'disable' as const }
  const sql = openPool({ address, origin: testOrigin, maxConnections: 2 })
  await migrate(sql, { log: silentLog, wantsSample: false })
  return {
    sql,
    env: { DATABASE_URL: `postgresql://${user}@/${database}?host=${encodeURIComponent(host)}&port=${port}` },
    async stop() {
      await sql.end({ timeout: 1 })
      await cluster.stop()
    },
  }
}
