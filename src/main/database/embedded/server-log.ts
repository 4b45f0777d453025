import { constants, type FileHandle, open } from 'node:fs/promises'
import { VigieError } from '../../../core/errors.ts'
import { errorCode, otherFolderHint } from './data-folder.ts'
import type { ServerUser } from './server-user.ts'

const maxLogBytes = 5 * 1024 * 1024

/** Begins every line of the server's log: time, `[process]`, SQLSTATE. */
export const logLinePrefix = '%m [%p] %e '

/**
 * Opens the server's log to append to it, emptied when it has grown past `maxBytes`. The file is the server user's, so
 * that who opens this folder later, root or that user, can write to it.
 */
export async function openServerLog(
  file: string,
  user: ServerUser | undefined,
  maxBytes = maxLogBytes,
): Promise<{ handle: FileHandle; startsAt: number }> {
  try {
    const handle = await open(file, constants.O_RDWR | constants.O_APPEND | constants.O_CREAT | noFollow, 0o600)
    if ((await handle.stat()).size > maxBytes) await handle.truncate()
    if (user !== undefined) await handle.chown(user.uid, user.gid)
    return { handle, startsAt: (await handle.stat()).size }
  } catch (cause) {
    throw new VigieError(
      'DATA_FOLDER_UNUSABLE',
      `The database's log ${file} cannot be written (${errorCode(cause)}): make it writable, or ${otherFolderHint}.`,
      undefined,
      { cause },
    )
  }
}

/** Windows knows no such flag. */
const noFollow = process.platform === 'win32' ? 0 : constants.O_NOFOLLOW

export interface FatalLine {
  readonly sqlState: string
  readonly message: string
}

/** What ended process `pid`, from the lines it wrote with `logLinePrefix`. */
export function findFatalLine(log: string, pid: number): FatalLine | undefined {
  const line = /^\S+ \S+ \S+ \[(\d+)\] (\w{5}) (?:FATAL|PANIC): +(.*)$/gm
  const [, , sqlState, message] = [...log.matchAll(line)].filter((match) => Number(match[1]) === pid).at(-1) ?? []
  return sqlState === undefined || message === undefined ? undefined : { sqlState, message }
}

/** The last line of a log, for what failed before PostgreSQL wrote its own kind of line (a missing library). */
export function lastLine(log: string): string | undefined {
  return log.trimEnd().split('\n').at(-1) || undefined
}

export async function readFrom(handle: FileHandle, position: number): Promise<string> {
  const { size } = await handle.stat()
  const length = Math.max(0, size - position)
  const { buffer } = await handle.read(Buffer.alloc(length), 0, length, position)
  return buffer.toString('utf8')
}
