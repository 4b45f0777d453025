import type { Connection } from '../../core/connection.ts'
import type { Database, Origin } from '../../core/context.ts'
import { databaseErrorOf } from '../../core/database-error.ts'
import { skewOf } from '../../core/edge-doctor/judge-clock.ts'
import { VigieError } from '../../core/errors.ts'
import type { DatabaseAddress } from '../config.ts'
import { checkDatabase } from './check.ts'
import { openPool } from './connect.ts'
import { inspectPlatform } from './platform.ts'
import { readClock } from './read-clock.ts'

/** `bare`: a platform's tables, and nothing of Vigie. `outdated`: prepared by an older Vigie, or in part. */
export type ConnectionLevel = 'empty' | 'bare' | 'outdated' | 'ready'

/** What a database told of itself. */
export interface ConnectionFacts {
  readonly serverVersion: string
  readonly level: ConnectionLevel
  readonly isReadOnly: boolean
  /** By how many milliseconds its clock is ahead of this machine's; negative: behind. */
  readonly skewMs: number
}

/** Why there was no use in it, for a sentence in the reader's language. */
export type ConnectionFailure =
  | 'unknown-hostname'
  | 'refused'
  | 'silent'
  | 'no-tls'
  | 'certificate-name'
  | 'certificate-date'
  | 'certificate-issuer'
  | 'password'
  | 'login'
  | 'no-database'
  | 'no-right'
  | 'not-a-platform'
  | 'too-old'
  | 'other'

export type ConnectionResult =
  | { readonly kind: 'connected'; readonly facts: ConnectionFacts }
  /** `message` is the server's own sentence, in English, without values that were typed. */
  | { readonly kind: 'failed'; readonly failure: ConnectionFailure; readonly message: string }

const connectTimeoutMs = 8_000
const statementTimeoutMs = 10_000

/** Connects once, looks, and lets go: nothing is written. What fails is data, since it is what was asked for. */
export async function tryConnection(connection: Connection, origin: Origin): Promise<ConnectionResult> {
  const address = addressOf(connection)
  const pool = openPool({ address, origin, maxConnections: 1, connectTimeoutMs, statementTimeoutMs })
  try {
    return { kind: 'connected', facts: await readFacts(pool) }
  } catch (error) {
    return { kind: 'failed', failure: failureOf(error, connection), message: databaseErrorOf(error).message }
  } finally {
    await pool.end({ timeout: 0 })
  }
}

/** The connection as the pool takes it. */
export function addressOf({ tlsMode, ...rest }: Connection): DatabaseAddress {
  return { ...rest, password: rest.password || undefined, sslMode: tlsMode }
}

async function readFacts(sql: Database): Promise<ConnectionFacts> {
  const skewMs = skewOf(await readClock(sql))
  const [server] = await sql<{ version: string; isReadOnly: boolean; hasRecord: boolean }[]>`
    select current_setting('server_version') as version,
      current_setting('transaction_read_only') = 'on' as "isReadOnly",
      to_regclass('vigie.migration') is not null as "hasRecord"`
  if (server === undefined) throw new Error('the server told nothing of itself')
  const level = await readLevel(sql, server.hasRecord)
  return { serverVersion: server.version, level, isReadOnly: server.isReadOnly, skewMs }
}

async function readLevel(sql: Database, hasRecord: boolean): Promise<ConnectionLevel> {
  try {
    await checkDatabase(sql)
    return 'ready'
  } catch (error) {
    if (!(error instanceof VigieError) || error.code !== 'NOT_MIGRATED') throw error
    if (hasRecord) return 'outdated'
    return (await inspectPlatform(sql)) === 'empty' ? 'empty' : 'bare'
  }
}

const failuresByCode: Readonly<Record<string, ConnectionFailure>> = {
  ENOTFOUND: 'unknown-hostname',
  EAI_AGAIN: 'unknown-hostname',
  ECONNREFUSED: 'refused',
  ERR_TLS_CERT_ALTNAME_INVALID: 'certificate-name',
  CERT_HAS_EXPIRED: 'certificate-date',
  CERT_NOT_YET_VALID: 'certificate-date',
  '28P01': 'password',
  '28000': 'login',
  '3D000': 'no-database',
  '42501': 'no-right',
  DATABASE_CERTIFICATE: 'certificate-issuer',
  DATABASE_UNREACHABLE: 'silent',
  DATABASE_PERMISSION: 'no-right',
  NOT_A_PLATFORM: 'not-a-platform',
  SERVER_TOO_OLD: 'too-old',
}

/** Which failure an error is, by its codes; a server that breaks off where TLS begins does not offer it. */
export function failureOf(error: unknown, { tlsMode }: Pick<Connection, 'tlsMode'>): ConnectionFailure {
  const { code } = databaseErrorOf(error)
  const own = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
  const isCutOff = code === 'DATABASE_CONNECTION_LOST' || /^ERR_SSL_/.test(own)
  if (isCutOff && tlsMode !== 'disable') return 'no-tls'
  return failuresByCode[own] ?? failuresByCode[code] ?? 'other'
}
