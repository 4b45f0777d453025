import { tmpdir } from 'node:os'
import type { Cluster } from './cluster.ts'
import { createCluster, removeLeftovers } from './create-cluster.ts'
import type { DataFolder } from './data-folder.ts'
import { removeEmptyPostmasterFile } from './postmaster.ts'
import { makeRunnable, type PostgresRelease, requireLibraryLinks } from './release.ts'
import { type Server, type Settings, startServer } from './server.ts'
import { findServerUser, requireEnterable, type ServerUser } from './server-user.ts'
import { prepareSocketFolder, socketFolderCandidates } from './socket-folder.ts'

export interface ClusterStart {
  readonly folder: DataFolder
  readonly release: PostgresRelease
  /** This process's user; `undefined` on Windows. */
  readonly ownUid: number | undefined
  /** `undefined`: there is none yet. */
  readonly cluster: Cluster | undefined
  /** See `ServerState`. */
  readonly reusedPid: number | undefined
  readonly settings: Settings
  readonly transport: 'socket' | 'loopback'
  readonly mayCreateUser: boolean
  /** On the clock of `performance.now()`. */
  readonly deadlineMs: number
  readonly pollIntervalMs: number
}

export interface StartedCluster {
  readonly server: Server
  readonly wasCreated: boolean
}

/**
 * Makes the cluster if there is none and starts its server. Call it under the start lock, when no server was found.
 * `undefined`: something still holds the cluster, ask again.
 */
export async function startCluster(options: ClusterStart): Promise<StartedCluster | undefined> {
  const { folder, cluster, ownUid, transport, settings } = options
  await requireLibraryLinks(options.release)
  await removeLeftovers(folder)
  const user = ownUid === 0 ? await chooseUser(options) : undefined
  const release = user === undefined ? options.release : await makeRunnable(options.release, user, folder.dataDir)

  const { fsync } = settings
  const creation = { folder, release, user, transport, isDurable: fsync !== 'off' }
  const wasCreated = cluster === undefined && (await createCluster(creation))

  await removeEmptyPostmasterFile(folder.clusterDir)
  const socketDir = transport === 'socket' ? await chooseSocketFolder(folder, ownUid ?? 0, user) : undefined
  const server = await startServer({ ...options, release, user, socketDir })
  return server && { server, wasCreated }
}

/** A cluster that is there decides by its owner. */
async function chooseUser({ folder, cluster, mayCreateUser }: ClusterStart): Promise<ServerUser> {
  const user = cluster
    ? { name: `number ${cluster.uid}`, uid: cluster.uid, gid: cluster.gid }
    : await findServerUser(mayCreateUser)
  await requireEnterable(folder.dataDir, user)
  return user
}

async function chooseSocketFolder(folder: DataFolder, ownUid: number, user: ServerUser | undefined): Promise<string> {
  const { XDG_RUNTIME_DIR: runtimeDir } = process.env
  const surroundings = { isRoot: ownUid === 0, runtimeDir, tmpDir: tmpdir() }
  return await prepareSocketFolder(socketFolderCandidates(folder, surroundings), ownUid, user)
}
