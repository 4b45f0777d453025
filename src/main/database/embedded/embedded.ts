import { homedir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { VigieError } from '../../../core/errors.ts'
import { type Cluster, inspectCluster } from './cluster.ts'
import type { EmbeddedConnection } from './connection.ts'
import { type DataFolder, prepareDataFolder } from './data-folder.ts'
import { findServer, type ServerState } from './find-server.ts'
import { findRelease, type PostgresRelease } from './release.ts'
import type { Settings } from './server.ts'
import { type StartedCluster, startCluster } from './start-cluster.ts'
import { tryStartLock } from './start-lock.ts'
import { watchServer } from './watch.ts'

/*
 * The embedded PostgreSQL of a data folder. Several Vigies share it: who comes first starts the server and is its owner,
 * the others connect. The server ends with its owner, however that ends; whoever needs it opens it again then, and one of
 * them becomes the new owner. Nothing that was not made here is ever changed.
 */

export interface EmbeddedDatabase {
  readonly connection: EmbeddedConnection
  /** This process started the server, which ends with it. */
  readonly isOwner: boolean
  /** The database was made by this call. An older one may be empty too: its maker may have been killed right after. */
  readonly wasCreated: boolean
  /** Resolves when the server ended without `stop`: its owner is gone, or it crashed. */
  readonly ended: Promise<void>
  /** The owner ends the server; the others only stop watching it. */
  stop(): Promise<void>
}

export interface EmbeddedOptions {
  readonly dataDir: string
  /** PostgreSQL settings beside or instead of our own, such as `{ timezone: 'Asia/Kolkata' }`. Only the owner's count. */
  readonly settings?: Settings
  /** For everything together: another process's start or stop, recovery, our own start. */
  readonly startTimeoutMs?: number
  /** For a fast shutdown, after which an immediate one follows. */
  readonly stopTimeoutMs?: number
  readonly pollIntervalMs?: number
  /** Instead of the PostgreSQL that is installed with Vigie. */
  readonly release?: PostgresRelease
  /** Windows has no private sockets and uses the loopback interface with a password. */
  readonly transport?: 'socket' | 'loopback'
  /** Whether root may add the system user `vigie`, as whom the server runs. */
  readonly mayCreateUser?: boolean
}

interface Opening {
  readonly folder: DataFolder
  readonly release: PostgresRelease
  readonly ownUid: number | undefined
  readonly options: Required<Omit<EmbeddedOptions, 'dataDir' | 'release'>>
  readonly deadlineMs: number
}

const defaults = {
  settings: {},
  startTimeoutMs: 60_000,
  stopTimeoutMs: 10_000,
  pollIntervalMs: 20,
  transport: process.platform === 'win32' ? 'loopback' : 'socket',
  mayCreateUser: true,
} as const

/**
 * Opens the embedded database of a data folder: connects to its running server, or starts it, making it first if there is
 * none. Any number of processes may call this at once; exactly one becomes the owner.
 * @throws VigieError DATA_FOLDER_UNUSABLE when the folder cannot be used, and then nothing in it has been touched;
 * EMBEDDED_DATABASE_FAILED when the server does not start, or is not ready within `startTimeoutMs`.
 */
export async function openEmbeddedDatabase(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
  try {
    return await openInTime(options)
  } catch (cause) {
    if (cause instanceof VigieError) throw cause
    throw new VigieError(
      'EMBEDDED_DATABASE_FAILED',
      `The database in ${options.dataDir} could not be opened (${cause instanceof Error ? cause.message : String(cause)}): remove the cause and try again, or set DATABASE_URL.`,
      undefined,
      { cause },
    )
  }
}

async function openInTime({ dataDir, release, ...options }: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const ownUid = process.getuid?.()
  const opening: Opening = {
    folder: await prepareDataFolder(dataDir, ownUid === 0),
    release: release ?? (await findRelease()),
    ownUid,
    options: { ...defaults, ...options },
    deadlineMs: performance.now() + (options.startTimeoutMs ?? defaults.startTimeoutMs),
  }
  while (performance.now() < opening.deadlineMs) {
    const opened = await shareOrStart(opening)
    if (opened !== undefined) return opened
    await sleep(opening.options.pollIntervalMs)
  }
  throw new VigieError(
    'EMBEDDED_DATABASE_FAILED',
    `The database in ${opening.folder.clusterDir} was being started or stopped by another process for ${opening.options.startTimeoutMs / 1000} s: try again.`,
  )
}

/** `undefined`: not now, ask again. */
async function shareOrStart(opening: Opening): Promise<EmbeddedDatabase | undefined> {
  const { state } = await look(opening)
  if (state.kind === 'running') return share(state, opening)
  if (state.kind === 'changing') return undefined
  const lock = await tryStartLock(opening.folder)
  if (lock === undefined) return undefined
  try {
    return await lookAgainAndStart(opening)
  } finally {
    await lock.release()
  }
}

async function look({
  folder,
  release,
  ownUid,
}: Opening): Promise<{ cluster: Cluster | undefined; state: ServerState }> {
  const cluster = await inspectCluster(folder.clusterDir, release.major, ownUid)
  return { cluster, state: cluster === undefined ? { kind: 'absent' } : await findServer(cluster) }
}

function share(state: ServerState & { kind: 'running' }, { options }: Opening): EmbeddedDatabase {
  const watch = watchServer(state.connection, state.session, options.pollIntervalMs)
  return { connection: state.connection, isOwner: false, wasCreated: false, ended: watch.ended, stop: watch.stop }
}

/** Under the start lock: what was seen before it was taken may be over. */
async function lookAgainAndStart(opening: Opening): Promise<EmbeddedDatabase | undefined> {
  const { cluster, state } = await look(opening)
  if (state.kind === 'running') return share(state, opening)
  if (state.kind === 'changing') return undefined
  const { options, ...place } = opening
  const started = await startCluster({ ...options, ...place, cluster, reusedPid: state.reusedPid })
  return started && own(started, options.stopTimeoutMs)
}

function own({ server, wasCreated }: StartedCluster, stopTimeoutMs: number): EmbeddedDatabase {
  let stopping: Promise<void> | undefined
  return {
    connection: server.connection,
    isOwner: true,
    wasCreated,
    ended: new Promise((resolve) => {
      void server.exited.then(() => {
        if (stopping === undefined) resolve()
      })
    }),
    stop: () => {
      stopping ??= server.stop(stopTimeoutMs)
      return stopping
    },
  }
}

/**
 * Where the embedded database lies when nobody says otherwise. VIGIE_DATA_DIR wins; then the place that the platform
 * has for a user's data (Linux: the XDG Base Directory Specification); for root, whose home others cannot enter,
 * /var/lib/vigie.
 */
export function defaultDataDir(
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform = process.platform,
  homeDir: string = homedir(),
  isRoot: boolean = process.getuid?.() === 0,
): string {
  const { join, isAbsolute, resolve } = platform === 'win32' ? path.win32 : path.posix
  const { VIGIE_DATA_DIR: chosen, LOCALAPPDATA: localAppData, XDG_DATA_HOME: xdgDataHome } = env
  if (chosen) return resolve(chosen)
  if (platform === 'win32') return join(localAppData || join(homeDir, 'AppData', 'Local'), 'Vigie')
  if (isRoot) return '/var/lib/vigie'
  if (platform === 'darwin') return join(homeDir, 'Library', 'Application Support', 'Vigie')
  const dataHome = xdgDataHome && isAbsolute(xdgDataHome) ? xdgDataHome : join(homeDir, '.local', 'share')
  return join(dataHome, 'vigie')
}
