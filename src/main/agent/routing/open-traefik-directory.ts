import { open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { type ErrorCode, VigieError } from '../../../core/errors.ts'
import { unfinishedEnding } from '../../../core/routing/file-names.ts'
import type { TraefikDirectory } from '../../../core/routing/traefik-directory.ts'

/** What the flow needs of Node's file system. */
export interface FileSystem {
  readonly open: typeof open
  readonly readdir: (folder: string) => Promise<string[]>
  readonly readFile: (file: string, encoding: 'utf8') => Promise<string>
  readonly rename: typeof rename
  readonly rm: typeof rm
  readonly stat: (file: string) => Promise<{ readonly mtimeMs: number }>
}

const nodeFileSystem: FileSystem = { open, readdir, readFile, rename, rm, stat }

/** Traefik's directory on this machine. Only files whose names are asked for are opened. */
export function openTraefikDirectory(folder: string, files: FileSystem = nodeFileSystem): TraefikDirectory {
  const at = (name: string) => path.join(folder, name)
  const told = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work()
    } catch (error) {
      throw describeFailure(error, folder)
    }
  }
  /** A rename is durable when its directory is. */
  const syncFolder = async () => {
    const handle = await files.open(folder, 'r')
    try {
      await handle.sync()
    } finally {
      await handle.close()
    }
  }
  return {
    list: () => told(() => files.readdir(folder)),

    read: (name) =>
      told(async () => {
        try {
          const { mtimeMs } = await files.stat(at(name))
          return { text: await files.readFile(at(name), 'utf8'), modifiedAtMs: mtimeMs }
        } catch (error) {
          if (codeOf(error) === 'ENOENT') return null
          throw error
        }
      }),

    write: (name, text) =>
      told(async () => {
        const unfinished = at(`${name}${unfinishedEnding}`)
        try {
          const handle = await files.open(unfinished, 'w', 0o644)
          try {
            await handle.writeFile(text)
            await handle.sync()
          } finally {
            await handle.close()
          }
          await files.rename(unfinished, at(name))
        } catch (error) {
          // A full disk would stay fuller by it. If it can't be removed either, the next pass does.
          await files.rm(unfinished, { force: true }).catch(() => undefined)
          throw error
        }
        await syncFolder()
      }),

    move: (from, to) =>
      told(async () => {
        try {
          await files.rename(at(from), at(to))
        } catch (error) {
          if (codeOf(error) === 'ENOENT') return
          throw error
        }
      }),

    remove: (name) => told(() => files.rm(at(name), { force: true })),
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}

function describeFailure(error: unknown, folder: string): Error {
  const code = codeOf(error)
  const [known, problem] = problemOf(code)
  return new VigieError(known, `Traefik's directory ${folder} ${problem} (${code || String(error)}).`)
}

function problemOf(code: string): readonly [ErrorCode, string] {
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return ['EDGE_DIRECTORY_MISSING', 'does not exist. Create it, or correct TRAEFIK_CONFIG_DIR']
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return ['EDGE_DIRECTORY_READ_ONLY', 'can’t be written to. Give the agent’s user the right to write there']
    case 'ENOSPC':
    case 'EDQUOT':
      return ['EDGE_DIRECTORY_FULL', 'is full. Make room on its disk']
    default:
      return ['EDGE_DIRECTORY_FAILED', 'could not be worked with. Look at its disk']
  }
}
