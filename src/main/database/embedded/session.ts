import postgres from 'postgres'
import { VigieError } from '../../../core/errors.ts'
import { type EmbeddedConnection, toClientOptions } from './connection.ts'
import { errorCode, otherFolderHint } from './data-folder.ts'

/** One idle session, to learn at once when the server ends. */
export interface Session {
  /** The server's start, which tells two servers on one cluster apart. */
  readonly serverStartedAt: string
  readonly closed: Promise<void>
  close(): Promise<void>
}

/** A session, or why there is none: `busy` answers but not yet or not now, `absent` does not answer. */
export type Answer = Session | 'busy' | 'absent'

const connectTimeoutSeconds = 5

/**
 * Opens a session with the server at `connection`.
 * @throws VigieError DATA_FOLDER_UNUSABLE when it is another user's, EMBEDDED_DATABASE_FAILED when it refuses us.
 */
export async function openSession(connection: EmbeddedConnection): Promise<Answer> {
  let onclose = (): void => undefined
  const closed = new Promise<void>((resolve) => {
    onclose = resolve
  })
  const sql = postgres({
    ...toClientOptions(connection),
    max: 1,
    max_lifetime: null,
    ssl: false,
    fetch_types: false,
    connect_timeout: connectTimeoutSeconds,
    connection: { application_name: 'vigie watch' },
    onclose: () => onclose(),
  })
  try {
    const [row] = await sql<{ startedAt: string }[]>`select pg_postmaster_start_time()::text as "startedAt"`
    return { serverStartedAt: row?.startedAt ?? '', closed, close: () => sql.end({ timeout: 0 }) }
  } catch (error) {
    await sql.end({ timeout: 0 })
    return judge(error, connection)
  }
}

/** cannot_connect_now (starting, stopping, recovering), too_many_connections, and sessions ended by a shutdown or crash. */
const busyCodes: readonly string[] = ['57P03', '53300', '57P01', '57P02', 'CONNECT_TIMEOUT']
const absentCodes: readonly string[] = [
  'ECONNREFUSED',
  'ENOENT',
  'ECONNRESET',
  'EPIPE',
  'CONNECTION_CLOSED',
  'CONNECTION_ENDED',
  'CONNECTION_DESTROYED',
]

function judge(cause: unknown, { host }: EmbeddedConnection): 'busy' | 'absent' {
  const code = errorCode(cause) ?? ''
  if (busyCodes.includes(code)) return 'busy'
  if (absentCodes.includes(code)) return 'absent'
  if (code === 'EACCES') {
    throw new VigieError(
      'DATA_FOLDER_UNUSABLE',
      `The running database's socket in ${host} belongs to another user: start Vigie as that user, or ${otherFolderHint}.`,
      undefined,
      { cause },
    )
  }
  throw new VigieError(
    'EMBEDDED_DATABASE_FAILED',
    `The running database at ${host} refused Vigie (${code}): end the program that started it and try again, or set DATABASE_URL.`,
    undefined,
    { cause },
  )
}
