import type { Database } from '../../core/context.ts'
import { databaseErrorOf } from '../../core/database-error.ts'
import { VigieError } from '../../core/errors.ts'
import type { DatabaseFacts } from '../rpc/trpc.ts'
import { canWorkWith, describeFunctions } from './functions-record.ts'
import { requireOwnTables } from './own-schema.ts'
import { inspectPlatform } from './platform.ts'
import { listMigrations } from './scripts.ts'

const oldestServer = 140_000

/**
 * Whether this database can be worked with: a server that is new enough, a platform's tables, Vigie's schema as this
 * program needs it. Errors: one VigieError that says what is wrong and what to do.
 */
export async function checkDatabase(sql: Database): Promise<DatabaseFacts> {
  try {
    const server = await readServer(sql)
    if (!server.hasRecord) {
      await inspectPlatform(sql)
      throw new VigieError('NOT_MIGRATED', 'This platform is not prepared for Vigie yet. Run “vigie migrate” first.')
    }
    const applied = await sql<{ name: string; detail: string | null }[]>`select name, detail from vigie.migration`
    const names = new Set(applied.map((row) => row.name))
    const missing = [...listMigrations(), 'functions'].filter((name) => !names.has(name))
    if (missing.length > 0) {
      throw new VigieError(
        'NOT_MIGRATED',
        `The database is prepared only in part (${missing.join(', ')} missing). Run “vigie migrate” to finish it.`,
      )
    }
    await requireOwnTables(sql, names)
    const functions = applied.find(({ name }) => name === 'functions')
    if (!canWorkWith(functions?.detail ?? null, describeFunctions())) {
      throw new VigieError(
        'NOT_MIGRATED',
        'The functions in the database are older than this program. Run “vigie migrate” to bring them up to date.',
      )
    }
    return {
      serverVersion: server.version,
      login: server.login,
      isReadOnly: server.isReadOnly,
      isSearchFast: server.isSearchFast,
      isSample: names.has('sample'),
    }
  } catch (error) {
    if (error instanceof VigieError) throw error
    const { code, message } = databaseErrorOf(error)
    if (code === 'DATABASE_CONNECTION_LOST') {
      throw new VigieError(
        'DATABASE_UNREACHABLE',
        'The server closed the connection at once. Check the address, and whether the server takes TLS (sslmode).',
        undefined,
        { cause: error },
      )
    }
    throw new VigieError(code, message, undefined, { cause: error })
  }
}

interface Server {
  readonly version: string
  readonly login: string
  readonly isReadOnly: boolean
  readonly isSearchFast: boolean
  readonly hasRecord: boolean
}

async function readServer(sql: Database): Promise<Server> {
  const [server] = await sql<(Server & { versionNumber: number })[]>`
    select current_setting('server_version') as version, current_setting('server_version_num')::int as "versionNumber",
      session_user as login, current_setting('transaction_read_only') = 'on' as "isReadOnly",
      to_regclass('public.vigie_project_name_search') is not null as "isSearchFast",
      to_regclass('vigie.migration') is not null as "hasRecord"`
  if (server === undefined) throw new Error('the server told nothing of itself')
  if (server.versionNumber < oldestServer) {
    throw new VigieError(
      'SERVER_TOO_OLD',
      `This is PostgreSQL ${server.version}; Vigie needs 14 or newer. Connect to a newer server.`,
    )
  }
  return server
}
