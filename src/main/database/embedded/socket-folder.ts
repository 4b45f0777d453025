import { lchown, lstat, mkdir } from 'node:fs/promises'
import path from 'node:path'
import { VigieError } from '../../../core/errors.ts'
import { type DataFolder, errorCode, otherFolderHint } from './data-folder.ts'
import type { ServerUser } from './server-user.ts'

/** The server's number in the name of its socket; nothing listens on a TCP port of this number. */
export const socketPort = 5432

/** The shortest `sun_path` among the platforms is macOS's: 104 bytes with the closing zero. */
const maxSocketPathBytes = 103

export function socketPath(folder: string): string {
  return path.posix.join(folder, `.s.PGSQL.${socketPort}`)
}

export interface SocketSurroundings {
  readonly isRoot: boolean
  readonly runtimeDir: string | undefined
  readonly tmpDir: string
}

/**
 * Where the socket may lie, the best first: in the data folder itself, where no other user can have put anything;
 * where that is too deep for a socket, in a folder for such things, under a name made from the data folder's identity.
 * A user's runtime folder is of no use to root, whose server is another user.
 */
export function socketFolderCandidates(
  { dataDir, id }: DataFolder,
  { isRoot, runtimeDir, tmpDir }: SocketSurroundings,
): readonly string[] {
  const runtime = isRoot ? ['/run'] : runtimeDir !== undefined && path.isAbsolute(runtimeDir) ? [runtimeDir] : []
  const outside = [...runtime, tmpDir, '/tmp'].map((base) => path.join(base, `vigie-${id}`))
  return [path.join(dataDir, 'run'), ...outside].filter(
    (folder) => Buffer.byteLength(socketPath(folder)) <= maxSocketPathBytes,
  )
}

/**
 * Makes the first candidate that can be made, or takes one that is there and private to the server's user.
 * @throws VigieError DATA_FOLDER_UNUSABLE when none is.
 */
export async function prepareSocketFolder(
  candidates: readonly string[],
  ownUid: number,
  user: ServerUser | undefined,
): Promise<string> {
  for (const folder of candidates) {
    if (await makePrivate(folder, ownUid, user)) return folder
  }
  throw new VigieError(
    'DATA_FOLDER_UNUSABLE',
    `There is no private folder for the database's socket (tried ${candidates.join(', ')}): ${otherFolderHint}.`,
  )
}

/** True for a real folder (no link) that belongs to `uid` and that nobody else may enter. */
export async function isPrivateFolder(folder: string, uid: number): Promise<boolean> {
  try {
    const stats = await lstat(folder)
    return stats.isDirectory() && stats.uid === uid && (stats.mode & 0o077) === 0
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return false
    throw error
  }
}

async function makePrivate(folder: string, ownUid: number, user: ServerUser | undefined): Promise<boolean> {
  try {
    await mkdir(folder, { mode: 0o700 })
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') return false
  }
  if (user === undefined) return await isPrivateFolder(folder, ownUid)
  // Made just now, or by a Vigie that was killed before the next line. `lchown` never follows a link.
  if (await isPrivateFolder(folder, ownUid)) await lchown(folder, user.uid, user.gid)
  return await isPrivateFolder(folder, user.uid)
}
