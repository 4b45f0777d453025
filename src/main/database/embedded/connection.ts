import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { VigieError } from '../../../core/errors.ts'
import { passwordName } from './cluster.ts'
import { errorCode, otherFolderHint } from './data-folder.ts'
import { socketPath, socketPort } from './socket-folder.ts'

export interface EmbeddedConnection {
  /** The folder of the Unix socket, or 127.0.0.1. */
  readonly host: string
  readonly port: number
  readonly user: 'vigie'
  readonly database: 'vigie'
  /** Only by loopback. */
  readonly password?: string
}

/** The connection as options of postgres.js. */
export function toClientOptions(connection: EmbeddedConnection): EmbeddedConnection & { readonly path?: string } {
  return connection.password === undefined ? { ...connection, path: socketPath(connection.host) } : connection
}

export function socketConnection(folder: string): EmbeddedConnection {
  return { host: folder, port: socketPort, user: 'vigie', database: 'vigie' }
}

export function loopbackConnection(port: number, password: string): EmbeddedConnection {
  return { host: '127.0.0.1', port, user: 'vigie', database: 'vigie', password }
}

/** @throws VigieError DATA_FOLDER_UNUSABLE when the cluster was made for sockets and has no password. */
export async function readPassword(clusterDir: string): Promise<string> {
  try {
    return await readFile(path.join(clusterDir, passwordName), 'utf8')
  } catch (cause) {
    throw new VigieError(
      'DATA_FOLDER_UNUSABLE',
      `The database's password in ${path.join(clusterDir, passwordName)} cannot be read (${errorCode(cause)}): put the file back, or ${otherFolderHint}.`,
      undefined,
      { cause },
    )
  }
}
