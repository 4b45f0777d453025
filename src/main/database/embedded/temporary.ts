import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { EmbeddedConnection } from './connection.ts'
import { openEmbeddedDatabase } from './embedded.ts'
import type { PostgresRelease } from './release.ts'
import type { Settings } from './server.ts'

export interface TemporaryCluster {
  readonly connection: EmbeddedConnection
  readonly dataDir: string
  /** Ends the server and removes everything. */
  stop(): Promise<void>
}

/** What is thrown away need not survive a crash of the machine. */
const fastSettings: Settings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }

/**
 * Starts an embedded database in a temporary folder, for tests, also as root. It ends with this process.
 * @param options.settings PostgreSQL settings, such as `{ timezone: 'Asia/Kolkata' }`
 * @throws VigieError as `openEmbeddedDatabase`
 */
export async function startTemporaryCluster(
  options: { readonly settings?: Settings; readonly release?: PostgresRelease } = {},
): Promise<TemporaryCluster> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'vigie-test-'))
  const remove = (folder: string) => rm(folder, { recursive: true, force: true, maxRetries: 5 })
  try {
    // For root the server runs as another user, who must be able to pass through.
    if (process.getuid?.() === 0) await chmod(dataDir, 0o711)
    const settings = { ...fastSettings, ...options.settings }
    const database = await openEmbeddedDatabase({ ...options, dataDir, settings, mayCreateUser: false })
    const stop = async (): Promise<void> => {
      await database.stop()
      await remove(dataDir)
      if (path.isAbsolute(database.connection.host)) await remove(database.connection.host)
    }
    return { connection: database.connection, dataDir, stop }
  } catch (error) {
    await remove(dataDir)
    throw error
  }
}
