import { VigieError } from '../../../core/errors.ts'
import type { Cluster } from './cluster.ts'
import { type EmbeddedConnection, loopbackConnection, readPassword, socketConnection } from './connection.ts'
import { findHolder, type PostmasterFile, readPostmasterFile } from './postmaster.ts'
import { openSession, type Session } from './session.ts'
import { isPrivateFolder, socketPort } from './socket-folder.ts'

/**
 * `running`: it answered, and the session stays open. `changing`: it is starting or stopping. `absent`: there is none;
 * `reusedPid` is then the number that a dead server left behind and that another program has now.
 */
export type ServerState =
  | { readonly kind: 'running'; readonly connection: EmbeddedConnection; readonly session: Session }
  | { readonly kind: 'changing' }
  | { readonly kind: 'absent'; readonly reusedPid?: number }

/**
 * Finds the server that runs on a cluster. An answer counts more than a process number, which says nothing between
 * containers.
 * @throws VigieError DATA_FOLDER_UNUSABLE when a server runs there that no Vigie started.
 */
export async function findServer(cluster: Cluster): Promise<ServerState> {
  const file = await readPostmasterFile(cluster.clusterDir)
  if (file === undefined) return { kind: 'absent' }
  const holder = await findHolder(file.pid, cluster.clusterDir)
  if (holder === 'server' && !file.isReady) return { kind: 'changing' }

  const connection = await connectionOf(file, cluster)
  const answer = connection && (await openSession(connection))
  if (connection && answer && answer !== 'busy' && answer !== 'absent')
    return { kind: 'running', connection, session: answer }
  if (answer === 'busy' || holder === 'server') return { kind: 'changing' }
  return holder === 'another' ? { kind: 'absent', reusedPid: file.pid } : { kind: 'absent' }
}

/** `undefined` when the file is unfinished or its socket's folder is gone: then nobody can be reached there. */
async function connectionOf(file: PostmasterFile, cluster: Cluster): Promise<EmbeddedConnection | undefined> {
  if (file.port === undefined) return undefined
  if (file.socketDir === '') return loopbackConnection(file.port, await readPassword(cluster.clusterDir))
  if (file.port === socketPort && (await isPrivateFolder(file.socketDir, cluster.uid)))
    return socketConnection(file.socketDir)
  if ((await findHolder(file.pid, cluster.clusterDir)) !== 'server') return undefined
  throw new VigieError(
    'DATA_FOLDER_UNUSABLE',
    `A PostgreSQL server that Vigie did not start (process ${file.pid}) runs on ${cluster.clusterDir}: stop it and try again.`,
  )
}
