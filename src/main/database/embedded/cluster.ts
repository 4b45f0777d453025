import type { Stats } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { VigieError } from '../../../core/errors.ts'
import { errorCode, exists, otherFolderHint } from './data-folder.ts'

/** Inside the cluster, so that both become visible with one rename: what makes a cluster recognisably ours. */
export const markerName = 'vigie.json'
export const markerFormat = 1
/** Only where there are no private sockets: the password of the loopback connection. */
export const passwordName = 'vigie-password'

/** A complete cluster that Vigie made. */
export interface Cluster {
  readonly clusterDir: string
  readonly uid: number
  readonly gid: number
}

/**
 * Looks at the cluster without touching it. `undefined`: there is none yet.
 * @param ownUid this process's user; root may open everybody's; `undefined` on Windows
 * @throws VigieError DATA_FOLDER_UNUSABLE when something else is in its place, or it is damaged, of another version or
 * another user's.
 */
export async function inspectCluster(
  clusterDir: string,
  major: number,
  ownUid: number | undefined,
): Promise<Cluster | undefined> {
  try {
    if (!(await exists(clusterDir))) return undefined
    const stats = await stat(clusterDir)
    requireOwner(clusterDir, stats, ownUid)
    if (!stats.isDirectory() || (await readMarker(clusterDir)) !== markerFormat) throw notOurs(clusterDir)
    requireMajor(clusterDir, await readFile(path.join(clusterDir, 'PG_VERSION'), 'utf8'), major)
    await stat(path.join(clusterDir, 'global', 'pg_control'))
    return { clusterDir, uid: stats.uid, gid: stats.gid }
  } catch (error) {
    throw error instanceof VigieError ? error : unreadable(clusterDir, error)
  }
}

function requireOwner(clusterDir: string, { uid }: Stats, ownUid: number | undefined): void {
  if (ownUid === undefined) return
  if (uid === 0) {
    throw new VigieError(
      'DATA_FOLDER_UNUSABLE',
      `${clusterDir} belongs to root, as whom PostgreSQL does not run: give it back to the user who made it (chown -R), or ${otherFolderHint}.`,
    )
  }
  if (ownUid === 0 || uid === ownUid) return
  throw new VigieError(
    'DATA_FOLDER_UNUSABLE',
    `${clusterDir} belongs to another user (number ${uid}): start Vigie as that user, or ${otherFolderHint}.`,
  )
}

function requireMajor(clusterDir: string, content: string, major: number): void {
  const found = content.trim()
  if (found === String(major)) return
  if (!/^\d{1,3}(\.\d)?$/.test(found)) throw damaged(clusterDir, 'its PG_VERSION is not a version')
  throw new VigieError(
    'DATA_FOLDER_UNUSABLE',
    `${clusterDir} was made by PostgreSQL ${found} and this Vigie runs PostgreSQL ${major}: use the Vigie that made it, or ${otherFolderHint}.`,
  )
}

async function readMarker(clusterDir: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path.join(clusterDir, markerName), 'utf8')).format
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError || errorCode(error) === 'ENOENT') return undefined
    throw error
  }
}

function notOurs(clusterDir: string): VigieError {
  return new VigieError(
    'DATA_FOLDER_UNUSABLE',
    `${clusterDir} is not a database that this Vigie made, and is left alone: move it away, or ${otherFolderHint}.`,
  )
}

function damaged(clusterDir: string, what: string): VigieError {
  return new VigieError(
    'DATA_FOLDER_UNUSABLE',
    `The database in ${clusterDir} is damaged (${what}) and is left alone: put back a copy of it, or ${otherFolderHint}.`,
  )
}

function unreadable(clusterDir: string, cause: unknown): VigieError {
  const code = errorCode(cause)
  if (code === 'ENOENT' || code === 'EISDIR' || code === 'ENOTDIR') return damaged(clusterDir, 'files are missing')
  return new VigieError(
    'DATA_FOLDER_UNUSABLE',
    `${clusterDir} cannot be read (${code}): make it readable to the user who runs Vigie, or ${otherFolderHint}.`,
    undefined,
    { cause },
  )
}
