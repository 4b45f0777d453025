import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { startVigie } from '../../cli/testing/run-vigie.ts'
import { openPool } from '../../database/connect.ts'
import { openEmbeddedDatabase } from '../../database/embedded/embedded.ts'
import { migrate } from '../../database/migrate.ts'
import { silentLog, testOrigin } from '../../database/testing/names.ts'
import { clockOptions } from './clock.ts'

export interface AgentProcess {
  readonly child: ChildProcess
  /** The lines of its log, as far as it has written them. */
  readonly log: readonly LogLine[]
}

export interface LogLine {
  readonly msg: string
  readonly [field: string]: unknown
}

interface AgentStart {
  readonly args?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** How far its machine's clock is ahead. */
  readonly clockAheadMs?: number
  /** Instead of the database's own socket. */
  readonly databaseUrl?: string
  /** Whether something is written to its standard input. */
  readonly hasInput?: boolean
}

/** A migrated database on a server of its own that may be restarted, and agents as real processes on it. */
export async function createAgentFixture() {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'vigie-proof-'))
  // As root the server runs as another user, who has to pass through.
  await chmod(dataDir, 0o711)
  const open = () =>
    openEmbeddedDatabase({
      dataDir,
      mayCreateUser: false,
      settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' },
    })
  let database = await open()
  const { host, port, user, database: name } = database.connection
  const sql = openPool({
    address: { ...database.connection, password: undefined, sslMode: 'disable' },
    origin: testOrigin,
    maxConnections: 3,
  })
  const ownUrl = `postgresql://${user}@/${name}?host=${encodeURIComponent(host)}&port=${port}`
  await migrate(sql, { log: silentLog, wantsSample: false })
  const agents: AgentProcess[] = []

  const kill = async ({ child }: AgentProcess) => {
    if (child.exitCode !== null || child.signalCode !== null) return
    child.kill('SIGKILL')
    await once(child, 'exit')
  }

  return {
    sql,
    log: silentLog,
    origin: testOrigin,
    databaseUrl: ownUrl,
    socketPath: `${host}/.s.PGSQL.${port}`,
    /** For a server that forwards to the socket. */
    urlAt: (proxyPort: number) => `postgresql://${user}@127.0.0.1:${proxyPort}/${name}?sslmode=disable`,

    startAgent({
      args = [],
      env = {},
      clockAheadMs = 0,
      databaseUrl,
      hasInput = false,
    }: AgentStart = {}): AgentProcess {
      const words = [
        'agent',
        '--port',
        '0',
        '--gateway',
        '127.0.0.1:0',
        '--heartbeat',
        '0.2',
        '--poll',
        '0.1',
        '--json',
        ...args,
      ]
      const variables = {
        DATABASE_URL: databaseUrl ?? ownUrl,
        VIGIE_DATA_DIR: path.join(dataDir, 'agent'),
        NODE_OPTIONS: clockOptions(clockAheadMs),
        ...env,
      }
      const child = startVigie(words, variables, hasInput ? 'pipe' : 'ignore')
      const log: LogLine[] = []
      if (child.stdout === null || child.stderr === null) throw new Error('its output is not piped')
      child.stdout.resume()
      createInterface({ input: child.stderr }).on('line', (line) => log.push(readLine(line)))
      const agent = { child, log }
      agents.push(agent)
      return agent
    },

    kill,

    /** Kills all agents that there are, and waits until the server has noticed: what it was told last is done by then. */
    async killAndSettle(...all: readonly AgentProcess[]) {
      await Promise.all(all.map(kill))
      await waitUntil(async () => {
        const sessions = await sql`
          select from pg_stat_activity where datname = current_database() and application_name like 'vigie agent%'`
        return sessions.length === 0
      })
    },

    async restartServer(betweenMs: number) {
      await database.stop()
      await sleep(betweenMs)
      database = await open()
    },

    async stop() {
      await Promise.all(agents.map(kill))
      await sql.end({ timeout: 1 })
      await database.stop()
      await rm(dataDir, { recursive: true, force: true, maxRetries: 5 })
      await rm(host, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

export type AgentFixture = Awaited<ReturnType<typeof createAgentFixture>>

function readLine(line: string): LogLine {
  try {
    return JSON.parse(line)
  } catch {
    return { msg: line }
  }
}

/** Asks until it is so. Throws when it is not in time. */
export async function waitUntil(
  isSo: () => Promise<boolean> | boolean,
  { timeoutMs = 20_000, intervalMs = 5 }: { timeoutMs?: number; intervalMs?: number } = {},
): Promise<void> {
  const deadlineMs = performance.now() + timeoutMs
  while (!(await isSo())) {
    if (performance.now() > deadlineMs) throw new Error(`it was not so within ${timeoutMs} ms: ${isSo}`)
    await sleep(intervalMs)
  }
}
