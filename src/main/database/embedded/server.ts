import { createServer } from 'node:net'
import os from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { VigieError } from '../../../core/errors.ts'
import { type EmbeddedConnection, loopbackConnection, readPassword, socketConnection } from './connection.ts'
import type { DataFolder } from './data-folder.ts'
import { readPostmasterFile } from './postmaster.ts'
import { type PostgresRelease, programPath } from './release.ts'
import { findFatalLine, lastLine, logLinePrefix, openServerLog, readFrom } from './server-log.ts'
import type { ServerUser } from './server-user.ts'
import { type Exit, runTied, spawnTied, type TiedProcess } from './tied-process.ts'

export type Settings = Readonly<Record<string, string>>

/** An eighth of the memory, from 128 MB to 1 GB: what is not used of it is not taken either. */
export function sharedMegabytes(memoryBytes: number): number {
  return Math.min(Math.max(Math.floor(memoryBytes / 8 / 1024 ** 2), 128), 1024)
}

/** The embedded database serves a console or two, from a local disk. */
const ownSettings: Settings = {
  fsync: 'on',
  timezone: 'UTC',
  log_timezone: 'UTC',
  max_connections: '60',
  shared_buffers: `${sharedMegabytes(os.totalmem())}MB`,
  random_page_cost: '1.1',
  log_line_prefix: logLinePrefix,
  // Statements hold names and addresses: they stay out of the log.
  log_min_error_statement: 'panic',
}

export interface ServerStart {
  readonly folder: DataFolder
  readonly release: PostgresRelease
  readonly user: ServerUser | undefined
  /** The folder for the Unix socket; `undefined` listens on a free port of the loopback interface instead. */
  readonly socketDir: string | undefined
  readonly settings: Settings
  /** See `ServerState`. */
  readonly reusedPid: number | undefined
  /** On the clock of `performance.now()`. */
  readonly deadlineMs: number
  readonly pollIntervalMs: number
}

export interface Server {
  readonly connection: EmbeddedConnection
  readonly exited: Promise<Exit>
  /** Fast shutdown; after `timeoutMs` an immediate one, from which the next start recovers. */
  stop(timeoutMs: number): Promise<void>
}

/**
 * Starts the server and waits until it is ready (after an unclean end: until it has recovered). `undefined`: another
 * server holds the cluster, or what is left of one, for now.
 * @throws VigieError EMBEDDED_DATABASE_FAILED when it ends or is not ready by the deadline.
 */
export async function startServer(start: ServerStart): Promise<Server | undefined> {
  const { folder, release, user } = start
  const { connection, listening } = await planConnection(start)
  const settings = { ...ownSettings, ...listening, ...start.settings }
  const args = [
    '-D',
    folder.clusterDir,
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ]
  const log = await openServerLog(folder.logFile, user)
  try {
    const command = { command: programPath(release, 'postgres'), args, user, env: grandparent(start.reusedPid) }
    const server = await spawnTied(command, log.handle.fd)
    const outcome = await waitUntilReady(server, start)
    if (outcome === 'ready') {
      return { connection, exited: server.exited, stop: (timeoutMs) => stopServer(server, start, timeoutMs) }
    }
    if (outcome === 'late') {
      await stopServer(server, start, lateStopTimeoutMs)
      throw failure(folder, 'it was not ready in time')
    }
    const text = await readFrom(log.handle, log.startsAt)
    const fatal = findFatalLine(text, server.pid)
    if (fatal?.sqlState === lockFileExists) return undefined
    throw failure(folder, fatal?.message ?? lastLine(text) ?? `exit ${outcome.code ?? outcome.signal}`)
  } finally {
    await log.handle.close()
  }
}

const lateStopTimeoutMs = 2_000

/** SQLSTATE lock_file_exists: `postmaster.pid` is taken, or processes of a server that was killed have not ended yet. */
const lockFileExists = 'F0001'

/**
 * PostgreSQL takes a `postmaster.pid` for stale when its number is that of its own parents, and has this variable for
 * pg_ctl to name one. Here it names the program that has got a dead server's number.
 */
function grandparent(reusedPid: number | undefined): Record<string, string> {
  return reusedPid === undefined ? {} : { PG_GRANDPARENT_PID: String(reusedPid) }
}

async function planConnection({ socketDir, folder }: ServerStart) {
  if (socketDir !== undefined) {
    const listening = {
      listen_addresses: '',
      unix_socket_directories: quote(socketDir),
      unix_socket_permissions: '0700',
    }
    return { connection: socketConnection(socketDir), listening }
  }
  const port = (await bindPort(preferredPort(folder.id))) ?? (await bindPort(0)) ?? 0
  const listening = { listen_addresses: '127.0.0.1', port: String(port), unix_socket_directories: '' }
  return { connection: loopbackConnection(port, await readPassword(folder.clusterDir)), listening }
}

/** The setting is a list, parted by commas. */
function quote(folder: string): string {
  return `"${folder.replaceAll('"', '""')}"`
}

/** The same at every start, so that clients find the server again after a takeover; among the dynamic ports. */
function preferredPort(folderId: string): number {
  return 49_152 + (Number.parseInt(folderId.slice(0, 8), 16) % 16_384)
}

/** The port if it is free (0: any), else `undefined`. */
function bindPort(port: number): Promise<number | undefined> {
  const probe = createServer()
  return new Promise((resolve) => {
    probe.once('error', () => resolve(undefined))
    probe.listen(port, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' ? address?.port : undefined))
    })
  })
}

async function waitUntilReady(server: TiedProcess, start: ServerStart): Promise<'ready' | 'late' | Exit> {
  while (performance.now() < start.deadlineMs) {
    const file = await readPostmasterFile(start.folder.clusterDir)
    if (file?.pid === server.pid && file.isReady) return 'ready'
    const exit = await settledWithin(server.exited, start.pollIntervalMs)
    if (exit !== undefined) return exit
  }
  return 'late'
}

async function stopServer(server: TiedProcess, start: ServerStart, timeoutMs: number): Promise<void> {
  await requestStop(server, start)
  if (await settledWithin(server.exited, timeoutMs)) return
  server.kill('SIGQUIT')
  if (await settledWithin(server.exited, timeoutMs)) return
  server.kill('SIGKILL')
  await server.exited
}

async function requestStop(server: TiedProcess, { folder, release }: ServerStart): Promise<void> {
  if (process.platform !== 'win32') return server.kill('SIGINT')
  // Windows has no signals: PostgreSQL's own program asks the server through its named pipe.
  const args = ['stop', '-m', 'fast', '-W', '-D', folder.clusterDir]
  await runTied({ command: programPath(release, 'pg_ctl'), args, user: undefined })
}

/** What `promise` resolves with, or `undefined` when it takes longer than `timeoutMs`. */
async function settledWithin<Value>(promise: Promise<Value>, timeoutMs: number): Promise<Value | undefined> {
  const timer = new AbortController()
  const late = sleep(timeoutMs, undefined, { signal: timer.signal }).catch(() => undefined)
  try {
    return await Promise.race([promise, late])
  } finally {
    timer.abort()
  }
}

function failure({ clusterDir, logFile }: DataFolder, reason: string): VigieError {
  return new VigieError(
    'EMBEDDED_DATABASE_FAILED',
    `The database in ${clusterDir} did not start (${reason}): read ${logFile}, or set DATABASE_URL.`,
    { reason },
  )
}
