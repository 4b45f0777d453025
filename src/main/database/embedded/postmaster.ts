import { execFile } from 'node:child_process'
import { readFile, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { errorCode } from './data-folder.ts'

/**
 * What a running server says about itself in `postmaster.pid`, PostgreSQL's own lock on a cluster
 * (src/include/utils/pidfile.h): one value a line, written bit by bit while it starts.
 */
export interface PostmasterFile {
  readonly pid: number
  readonly port: number | undefined
  /** The folder of its Unix socket; empty when it has none. */
  readonly socketDir: string
  readonly isReady: boolean
}

/** `undefined` while there is no such file, or nothing in it yet. */
export async function readPostmasterFile(clusterDir: string): Promise<PostmasterFile | undefined> {
  try {
    return parsePostmasterFile(await readFile(path.join(clusterDir, 'postmaster.pid'), 'utf8'))
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined
    throw error
  }
}

/** Lines: pid, data folder, start time, port, socket folder, listen address, shared memory, status. */
export function parsePostmasterFile(content: string): PostmasterFile | undefined {
  const [pid, , , port, socketDir, , , status] = content.split('\n')
  const pidNumber = Number(pid)
  if (!Number.isInteger(pidNumber) || pidNumber <= 0) return undefined
  return {
    pid: pidNumber,
    port: port ? Number(port) : undefined,
    socketDir: socketDir ?? '',
    isReady: status?.trim() === 'ready',
  }
}

const emptyFileAgeMs = 10_000

/**
 * Removes a `postmaster.pid` that has stayed empty, which only a crash of the machine leaves behind and PostgreSQL takes
 * for a server that is just starting. Call it under the start lock.
 */
export async function removeEmptyPostmasterFile(clusterDir: string, olderThanMs = emptyFileAgeMs): Promise<void> {
  const file = path.join(clusterDir, 'postmaster.pid')
  try {
    const { size, mtimeMs } = await stat(file)
    if (size === 0 && Date.now() - mtimeMs > olderThanMs) await rm(file)
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error
  }
}

/** Who has the number of a process: `nobody`, the `server` of this cluster as far as can be told, or `another` program. */
export type NumberHolder = 'nobody' | 'server' | 'another'

/** Whether `pid`, found in a `postmaster.pid`, still is the server of that cluster: the number may be in use again. */
export async function findHolder(pid: number, clusterDir: string): Promise<NumberHolder> {
  if (!isAlive(pid)) return 'nobody'
  // PostgreSQL for Windows recognises a server by its named pipe: starting another one finds out, and does no harm.
  if (process.platform === 'win32') return 'nobody'
  const { program, commandLine } = await readCommand(pid)
  return isServerCommand(program, commandLine, clusterDir) ? 'server' : 'another'
}

/**
 * PostgreSQL's own sub-processes call themselves `postgres: <what they do>`; a server whose command names no data folder
 * may be any, this cluster's included.
 */
export function isServerCommand(program: string, commandLine: string, clusterDir: string): boolean {
  const name = path.posix.basename(program)
  if (name !== 'postgres' && name !== 'postmaster') return false
  return !commandLine.includes(' -D ') || `${commandLine} `.includes(` -D ${clusterDir} `)
}

/** A process that we may not signal is another user's, and then no server of a cluster of ours. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

const execFileAsync = promisify(execFile)

async function readCommand(pid: number): Promise<{ program: string; commandLine: string }> {
  try {
    if (process.platform !== 'linux') return { program: await ps(pid, 'comm='), commandLine: await ps(pid, 'command=') }
    const words = (await readFile(`/proc/${pid}/cmdline`, 'utf8')).split('\0')
    return { program: words[0] ?? '', commandLine: words.join(' ') }
  } catch {
    // Gone between the two looks.
    return { program: '', commandLine: '' }
  }
}

async function ps(pid: number, column: string): Promise<string> {
  return (await execFileAsync('ps', ['-o', column, '-p', String(pid)])).stdout.trim()
}
