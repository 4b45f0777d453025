import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { statSync } from 'node:fs'
import { chmod, cp, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import postgres from 'postgres'
import { build } from 'vite'
import { type EmbeddedConnection, toClientOptions } from '../connection.ts'
import type { EmbeddedOptions } from '../embedded.ts'
import { findRelease } from '../release.ts'
import type { OpenerEvent } from './opener.ts'

interface Identity {
  readonly uid: number
  readonly gid: number
}

interface Opener {
  readonly process: ChildProcess
  /** The next thing that it tells. */
  next(): Promise<OpenerEvent>
  /** The next thing, which must be an opened database. */
  nextOpened(): Promise<(OpenerEvent & { kind: 'opened' })['database']>
  stop(): Promise<void>
  kill(): Promise<void>
}

export interface Workbench {
  /** A path in a folder that every user may pass through, where nothing is yet. */
  newPath(): string
  startOpener(options: EmbeddedOptions, identity?: Identity): Opener
  /** A program that has nothing to do with PostgreSQL, run by the user whose folder this is. */
  startBystander(ownFolder: string): ChildProcess
  /** Ends every opener that is left and removes everything. */
  remove(): Promise<void>
}

/**
 * Bundles the opener with a copy of PostgreSQL's package into a temporary folder that every user can read, so that it can
 * be run as any of them by the Node that runs the tests.
 */
export async function makeWorkbench(): Promise<Workbench> {
  const root = await mkdtemp(path.join(tmpdir(), 'vigie-process-'))
  await chmod(root, 0o755)
  await bundleOpener(root)
  const openers: Opener[] = []
  const bystanders: ChildProcess[] = []
  let paths = 0
  return {
    newPath: () => path.join(root, `data-${++paths}`),
    startOpener: (options, identity) => {
      const opener = startOpener(path.join(root, 'opener.mjs'), options, identity)
      openers.push(opener)
      return opener
    },
    startBystander: (ownFolder) => {
      const { uid, gid } = statSync(ownFolder)
      const bystander = spawn('/bin/sh', ['-c', 'read -r line'], {
        uid,
        gid,
        cwd: '/',
        stdio: ['pipe', 'ignore', 'inherit'],
      })
      bystanders.push(bystander)
      return bystander
    },
    remove: async () => {
      for (const bystander of bystanders) bystander.kill('SIGKILL')
      await Promise.all(openers.map((opener) => opener.kill()))
      await rm(root, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
    },
  }
}

export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

/** Runs one statement on its own connection. */
export async function query(connection: EmbeddedConnection, statement: string): Promise<readonly postgres.Row[]> {
  const sql = postgres({ ...toClientOptions(connection), max: 1, onnotice: () => undefined })
  try {
    return await sql.unsafe(statement)
  } finally {
    await sql.end({ timeout: 1 })
  }
}

async function bundleOpener(root: string): Promise<void> {
  const { packageName, nativeDir } = await findRelease()
  const packageDir = path.join(root, 'node_modules', packageName)
  await mkdir(path.dirname(packageDir), { recursive: true })
  await cp(path.dirname(nativeDir), packageDir, { recursive: true, verbatimSymlinks: true })
  await build({
    configFile: false,
    logLevel: 'warn',
    ssr: { noExternal: true },
    build: {
      ssr: path.join(import.meta.dirname, 'opener.ts'),
      outDir: root,
      emptyOutDir: false,
      target: 'node20',
      rollupOptions: { output: { entryFileNames: 'opener.mjs' } },
    },
  })
}

function startOpener(script: string, options: EmbeddedOptions, identity: Identity | undefined): Opener {
  const child = spawn(process.execPath, [script, JSON.stringify({ mayCreateUser: false, ...options })], {
    ...identity,
    cwd: '/',
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const exited = once(child, 'exit')
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const next = async (): Promise<OpenerEvent> => {
    const { value, done } = await lines.next()
    if (done) throw new Error('The opener ended without a word.')
    return JSON.parse(value)
  }
  const kill = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL')
    await exited
  }
  const stop = async (): Promise<void> => {
    child.stdin.write('stop\n')
    await exited
  }
  const nextOpened: Opener['nextOpened'] = async () => {
    const event = await next()
    if (event.kind !== 'opened') throw new Error(`Expected an opened database, got ${JSON.stringify(event)}.`)
    return event.database
  }
  return { process: child, next, nextOpened, stop, kill }
}
