import { createHash } from 'node:crypto'
import { access, chmod, constants, lstat, mkdir, realpath, stat } from 'node:fs/promises'
import path from 'node:path'
import { VigieError } from '../../../core/errors.ts'
import { findServerDir } from './private-folder.ts'

/** What every message about an unusable data folder ends with. */
export const otherFolderHint = 'choose another folder with VIGIE_DATA_DIR'

/** The folder of the server's files, resolved: the cluster lies in `postgres/`, the server's other files beside it. */
export interface DataFolder {
  /** The data folder itself, or for root a stand-in for a closed one (private-folder.ts). */
  readonly dataDir: string
  readonly clusterDir: string
  readonly logFile: string
  /** The same for every path that leads to this folder: 16 hex digits. */
  readonly id: string
}

/**
 * Makes the data folder if it is missing and resolves its names.
 * @throws VigieError DATA_FOLDER_UNUSABLE when it cannot be made or written, or is itself a PostgreSQL data folder.
 */
export async function prepareDataFolder(wanted: string, isRoot: boolean): Promise<DataFolder> {
  const chosen = await makeFolder(path.resolve(wanted), isRoot)
  if (await exists(path.join(chosen, 'PG_VERSION'))) {
    throw new VigieError(
      'DATA_FOLDER_UNUSABLE',
      `${chosen} is itself a PostgreSQL data folder, which Vigie leaves alone: ${otherFolderHint}.`,
    )
  }
  const dataDir = await findServerDir(chosen, isRoot)
  const { dev, ino } = await stat(dataDir, { bigint: true })
  return {
    dataDir,
    clusterDir: path.join(dataDir, 'postgres'),
    logFile: path.join(dataDir, 'postgres.log'),
    id: createHash('sha256').update(`${dev}:${ino}`).digest('hex').slice(0, 16),
  }
}

export async function exists(file: string): Promise<boolean> {
  try {
    await lstat(file)
    return true
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return false
    throw error
  }
}

/** The system's code of an error (`ENOENT`, `57P03`), or `undefined` when it has none. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}

async function makeFolder(folder: string, isRoot: boolean): Promise<string> {
  try {
    const made = await makeMissing(folder)
    // For root the server runs as another user, who must be able to pass through what was made here (not to list it).
    if (isRoot) for (const one of made) await chmod(one, 0o711)
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK)
    return await realpath(folder)
  } catch (cause) {
    throw new VigieError(
      'DATA_FOLDER_UNUSABLE',
      `The data folder ${folder} cannot be made or written (${errorCode(cause)}): make it writable, or ${otherFolderHint}.`,
      undefined,
      { cause },
    )
  }
}

/** Makes a folder and those above it; returns what was made. Node's own `recursive` never ends under /proc. */
async function makeMissing(folder: string): Promise<string[]> {
  if (await exists(folder)) return []
  const above = await makeMissing(path.dirname(folder))
  try {
    await mkdir(folder, { mode: 0o700 })
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error
  }
  return [...above, folder]
}
