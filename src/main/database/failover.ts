import { once } from 'node:events'
import net from 'node:net'
import { Duplex } from 'node:stream'
import type { Sql } from 'postgres'
import { VigieError } from '../../core/errors.ts'
import type { DatabaseServer } from '../config.ts'

/*
 * Several servers of one database, of which one can be written to at a time. The driver has a list of hosts of its own, but
 * it never gives up (a statement waits for ever when all are away) and tries without a pause, at a full core. So each new
 * connection asks the servers which of them is the writable one, beginning with the one that was last.
 */

export interface Failover {
  /** Whether a server that is read-only will not do at all. */
  readonly mustWrite: boolean
  /** Asks a server. Rejects if it is away. */
  readonly askIsWritable: (server: DatabaseServer) => Promise<boolean>
  readonly connectTimeoutMs: number
}

type OpenSocket = () => Promise<Duplex>

/**
 * Makes sockets to the writable one of several servers; else, unless `mustWrite`, to the first that can be read. If there
 * is none, the socket fails with the reason once it is handed over: the driver loses the connection for good when this
 * throws (connection.js, createSocket).
 */
export function createFailoverSockets(servers: readonly DatabaseServer[], failover: Failover): OpenSocket {
  let latest: DatabaseServer | undefined
  let finding: Promise<DatabaseServer> | undefined

  const find = async (): Promise<DatabaseServer> => {
    const inOrder = latest === undefined ? servers : [latest, ...servers.filter((server) => server !== latest)]
    let readable: DatabaseServer | undefined
    let failure: unknown
    for (const server of inOrder) {
      try {
        if (await failover.askIsWritable(server)) return server
        readable ??= server
      } catch (error) {
        failure ??= error
      }
    }
    if (readable !== undefined && !failover.mustWrite) return readable
    if (readable === undefined && failure !== undefined) throw failure
    throw new VigieError(
      'DATABASE_READ_ONLY',
      'No server of this database that answers can be written to. Wait for the failover, or check the addresses.',
    )
  }

  return async () => {
    try {
      finding ??= find().finally(() => {
        finding = undefined
      })
      latest = await finding
      return await connectTo(latest, failover.connectTimeoutMs)
    } catch (error) {
      return failedSocket(error)
    }
  }
}

/** A connected socket that also tells the driver its host, for TLS and for messages. Rejects as the system does. */
async function connectTo({ host, port }: DatabaseServer, timeoutMs: number): Promise<net.Socket> {
  const socket = host.startsWith('/') ? net.connect(`${host}/.s.PGSQL.${port}`) : net.connect(port, host)
  const timer = setTimeout(
    () => socket.destroy(Object.assign(new Error('no answer in time'), { code: 'CONNECT_TIMEOUT' })),
    timeoutMs,
  )
  try {
    await once(socket, 'connect')
    return Object.assign(socket, { host, port })
  } finally {
    clearTimeout(timer)
  }
}

/**
 * Fails with the first thing that is written to it: one that failed before would leave the driver a greeting that it never
 * sent, which it would then send twice to the next server.
 */
function failedSocket(error: unknown): Duplex {
  const reason = error instanceof Error ? error : new Error(String(error))
  return new Duplex({ read() {}, write: (_chunk, _encoding, callback) => callback(reason) })
}

/** Asks a server by a session that was opened for this, and closes it. */
export async function askIsWritable(session: Sql): Promise<boolean> {
  try {
    const [row] = await session<{ is_writable: boolean }[]>`
      select not pg_is_in_recovery() and current_setting('transaction_read_only') = 'off' as is_writable`
    return row?.is_writable === true
  } finally {
    await session.end({ timeout: 1 })
  }
}
