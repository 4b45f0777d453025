import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { expect } from '@playwright/test'
import postgres, { type Sql } from 'postgres'

const cli = path.resolve('out/main/cli.js')

/** A Vigie of its own: a data folder, its embedded database with the sample platform, and the command line on it. */
export interface VigieFolder {
  readonly dataDir: string
  readonly env: Record<string, string>
  /** Runs a command with `--json` and returns its answer, also a refusal's. */
  readonly run: (...args: string[]) => Promise<Record<string, unknown>>
  /** Statements on the embedded database, for what a person can't do: to make old, to make hostile. */
  readonly withSql: <T>(work: (sql: Sql) => Promise<T>) => Promise<T>
  /** Ends the database's server as a crash would, and waits until whoever owns it has started it again. */
  readonly crashDatabase: () => Promise<void>
  readonly remove: () => Promise<void>
}

export async function createVigieFolder(): Promise<VigieFolder> {
  const folder = await mkdtemp(path.join(tmpdir(), 'vigie-e2e-'))
  // As root the server runs as another user, who has to pass through.
  await chmod(folder, 0o711)
  const dataDir = path.join(folder, 'data')
  const env = { PATH: process.env.PATH ?? '', VIGIE_DATA_DIR: dataDir }
  const postmasterFile = path.join(dataDir, 'postgres', 'postmaster.pid')
  return {
    dataDir,
    env,
    async run(...args) {
      const answer = await promisify(execFile)(process.execPath, [cli, ...args, '--json'], { env }).catch(
        (error: { stdout: string }) => error,
      )
      return JSON.parse(answer.stdout)
    },
    async withSql(work) {
      // The fourth and fifth lines name the port and the folder of the socket.
      const [, , , port = '', socketDir = ''] = (await readFile(postmasterFile, 'utf8')).split('\n')
      const socket = `${socketDir}/.s.PGSQL.${port}`
      const sql = postgres({ path: socket, user: 'vigie', database: 'vigie', max: 1, onnotice: () => {} })
      try {
        return await work(sql)
      } finally {
        await sql.end()
      }
    },
    async crashDatabase() {
      const readPid = async () => Number((await readFile(postmasterFile, 'utf8').catch(() => '')).split('\n')[0])
      const pid = await readPid()
      process.kill(pid, 'SIGQUIT')
      await expect.poll(async () => (await readPid()) > 0 && (await readPid()) !== pid, { timeout: 60_000 }).toBe(true)
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}

/** A running `vigie console`. */
export interface RunningConsole {
  /** Its address, with the key that opens it. */
  readonly url: string
  readonly stop: () => Promise<void>
}

export async function startConsole(env: Record<string, string>, port = 0): Promise<RunningConsole> {
  const child = spawn(process.execPath, [cli, 'console', '--no-open', '--port', String(port)], {
    env,
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const url = await firstLine(child)
  return {
    url,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return
      child.kill('SIGTERM')
      await once(child, 'exit')
    },
  }
}

function firstLine(child: ChildProcess): Promise<string> {
  const { stdout } = child
  if (stdout === null) throw new Error('its output is not piped')
  return new Promise((resolve, reject) => {
    const lines = createInterface({ input: stdout })
    lines.once('line', resolve)
    lines.once('close', () => reject(new Error('the console ended without printing its address')))
  })
}
