import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { Writable } from 'node:stream'
import { VigieError } from '../../../core/errors.ts'
import type { ServerUser } from './server-user.ts'

/*
 * A process that ends with its parent, also when the parent is killed with SIGKILL.
 *
 * POSIX: descriptor 3 is a pipe whose other end only the parent holds (close-on-exec, so no other child inherits it). A
 * tiny reader waits on it: a line means that the process has ended by itself, the end of the pipe that the parent is
 * gone. The reader is the background job and the program replaces the shell, because background jobs of `sh` ignore
 * SIGINT until the program installs its handlers; and it is forked twice, so that it is no child of the program.
 *
 * Windows: best effort. Node puts its children into a job object that ends them with their parent; PostgreSQL is then
 * terminated instead of shut down, and recovers at its next start.
 */
const tie = `
( { read -r ended <&3 || kill -INT "$$"; } >/dev/null 2>&1 & )
exec "$@" 3<&-
`

export interface TiedCommand {
  readonly command: string
  readonly args: readonly string[]
  /** The user to run as; `undefined` runs as this process's own. */
  readonly user: ServerUser | undefined
  /** More variables than the few that are passed on. */
  readonly env?: Readonly<Record<string, string>>
}

export interface Exit {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

export interface TiedProcess {
  readonly pid: number
  readonly exited: Promise<Exit>
  /** Sends a signal; does nothing once the process has ended. */
  kill(signal: NodeJS.Signals): void
}

/**
 * Starts a command that ends with this process, its output going to the open file `outputFd`.
 * @throws VigieError EMBEDDED_DATABASE_FAILED when it cannot be started.
 */
export async function spawnTied(command: TiedCommand, outputFd: number): Promise<TiedProcess> {
  const child = spawnChild(command, ['ignore', outputFd, outputFd])
  const exited = whenExited(child)
  const pid = await requirePid(child, command)
  return { pid, exited, kill: (signal) => void child.kill(signal) }
}

/**
 * Runs a command that ends with this process to its end, and returns its exit and the end of its output.
 * @throws VigieError EMBEDDED_DATABASE_FAILED when it cannot be started.
 */
export async function runTied(command: TiedCommand, input = ''): Promise<{ exit: Exit; output: string }> {
  const child = spawnChild(command, ['pipe', 'pipe', 'pipe'])
  const exited = whenExited(child)
  const closed = new Promise((resolve) => child.once('close', resolve))
  await requirePid(child, command)
  let output = ''
  const keep = (chunk: Buffer): void => {
    output = (output + chunk.toString('utf8')).slice(-maxOutputLength)
  }
  child.stdout?.on('data', keep)
  child.stderr?.on('data', keep)
  // A program that ends without reading its input is judged by its exit code, not by the broken pipe.
  child.stdin?.on('error', () => undefined)
  child.stdin?.end(input)
  await closed
  return { exit: await exited, output }
}

const maxOutputLength = 16_384

function spawnChild({ command, args, user, env }: TiedCommand, stdio: ('ignore' | 'pipe' | number)[]): ChildProcess {
  const identity = user === undefined ? {} : { uid: user.uid, gid: user.gid }
  const variables = { ...inheritedVariables(process.env), ...env }
  if (process.platform === 'win32') return spawn(command, args, { stdio, env: variables, windowsHide: true })
  return spawn('/bin/sh', ['-c', tie, 'vigie', command, ...args], {
    ...identity,
    stdio: [...stdio, 'pipe'],
    env: variables,
    // The user may not be allowed to stand where we do, and a Ctrl+C in our terminal is for us to handle.
    cwd: '/',
    detached: true,
  })
}

const passedOn = ['PATH', 'LD_LIBRARY_PATH', 'DYLD_LIBRARY_PATH', 'SystemRoot', 'TEMP', 'TMP']

/** Few variables only: PG* would change the server, and the others hold secrets of ours that its user must not see. */
export function inheritedVariables(env: NodeJS.ProcessEnv): Record<string, string> {
  const kept = passedOn.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]] as const]))
  return { ...Object.fromEntries(kept), LC_ALL: 'C', TZ: 'UTC' }
}

async function requirePid(child: ChildProcess, { command }: TiedCommand): Promise<number> {
  if (child.pid !== undefined) return child.pid
  const [cause] = await once(child, 'error')
  throw new VigieError(
    'EMBEDDED_DATABASE_FAILED',
    `${command} could not be started (${cause instanceof Error ? cause.message : String(cause)}): check that it may be run, or set DATABASE_URL.`,
    undefined,
    { cause },
  )
}

function whenExited(child: ChildProcess): Promise<Exit> {
  return new Promise((resolve) => {
    child.once('exit', (code, signal) => {
      releaseTie(child)
      resolve({ code, signal })
    })
  })
}

function releaseTie(child: ChildProcess): void {
  const pipe = child.stdio[3]
  if (!(pipe instanceof Writable)) return
  // The reader may be gone already, killed together with the program: then there is nobody left to tell.
  pipe.on('error', () => undefined)
  pipe.end('\n')
}
