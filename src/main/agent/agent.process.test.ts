import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest'
import { startVigie } from '../cli/testing/run-vigie.ts'
import { openPool, type Pool } from '../database/connect.ts'
import { type EmbeddedDatabase, openEmbeddedDatabase } from '../database/embedded/embedded.ts'
import { migrate } from '../database/migrate.ts'
import { silentLog, testOrigin } from '../database/testing/names.ts'

let dataDir: string
let database: EmbeddedDatabase
let sql: Pool
const children: ChildProcess[] = []

const open = () => openEmbeddedDatabase({ dataDir, mayCreateUser: false, settings: { fsync: 'off' } })

beforeAll(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'vigie-agent-'))
  // As root the server runs as another user, who has to pass through.
  await chmod(dataDir, 0o711)
  database = await open()
  sql = openPool({
    address: { ...database.connection, password: undefined, sslMode: 'disable' },
    origin: testOrigin,
    maxConnections: 2,
  })
})

afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
})

afterAll(async () => {
  await sql.end({ timeout: 1 })
  await database.stop()
  await rm(dataDir, { recursive: true, force: true })
})

/** Starts an agent on the database, and returns it with its address. */
async function startAgent(...args: string[]) {
  const { host, port, user, database: name } = database.connection
  const url = `postgresql://${user}@/${name}?host=${encodeURIComponent(host)}&port=${port}`
  const child = startVigie(
    ['agent', '--port', '0', '--gateway', '127.0.0.1:0', '--heartbeat', '0.2', '--json', ...args],
    { DATABASE_URL: url },
  )
  children.push(child)
  let stderr = ''
  child.stderr?.on('data', (text) => {
    stderr += text
  })
  if (child.stdout === null) throw new Error('its output is not piped')
  const [line] = await once(createInterface({ input: child.stdout }), 'line')
  const at = JSON.parse(line).url
  const get = async (where: string) => {
    const answer = await fetch(at + where)
    return { status: answer.status, body: await answer.text() }
  }
  return { child, get, log: () => stderr }
}

type Agent = Awaited<ReturnType<typeof startAgent>>

const untilReady = (agent: Agent, status = 200) =>
  vi.waitFor(async () => expect(await agent.get('/readyz')).toMatchObject({ status }), {
    timeout: 20_000,
    interval: 50,
  })

const readAgents = () => sql`
  select entry, parts, stopped_at is not null as "isStopped",
    heartbeat_at > clock_timestamp() - interval '3 seconds' as "isFresh"
  from vigie.agent order by started_at`

async function end(agent: Agent) {
  const startedMs = performance.now()
  agent.child.kill('SIGTERM')
  const [exitCode] = await once(agent.child, 'exit')
  return { exitCode, tookMs: performance.now() - startedMs }
}

it('waits for a database that is not prepared, and begins when it is', async () => {
  const agent = await startAgent()
  await untilReady(agent, 503)
  expect(JSON.parse((await agent.get('/readyz')).body)).toMatchObject({ isReady: false, code: 'NOT_MIGRATED' })
  expect((await agent.get('/healthz')).status).toBe(200)
  await migrate(sql, { log: silentLog, wantsSample: false })
  await untilReady(agent)
  await vi.waitFor(async () => expect(await readAgents()).toMatchObject([{ entry: 'agent', isFresh: true }]), 10_000)
  expect(await end(agent)).toMatchObject({ exitCode: 0 })
})

it('tells of itself, and ends on SIGTERM within ten seconds', async () => {
  await sql`truncate vigie.agent`
  const agent = await startAgent('--without', 'scheduler,mail,gateway')
  await vi.waitFor(async () => expect(await readAgents()).toHaveLength(1), 10_000)
  const { status, body } = await agent.get('/metrics')
  expect(status).toBe(200)
  expect(body).toContain('vigie_projects{status="active"} 0')
  expect(body).toContain('vigie_database_up 1')
  expect(body).toMatch(/^process_resident_memory_bytes [1-9]\d{6,}$/m)
  expect((await agent.get('/')).status).toBe(404)
  const { exitCode, tookMs } = await end(agent)
  expect([exitCode, tookMs < 10_000]).toEqual([0, true])
  expect(await readAgents()).toMatchObject([{ parts: [], isStopped: true }])
  await expect(agent.get('/healthz')).rejects.toThrow()
})

it('goes on by itself after the database was killed', async () => {
  const agent = await startAgent()
  await vi.waitFor(() => expect(agent.log()).toContain('The agent works.'), 10_000)
  const file = path.join(dataDir, 'postgres', 'postmaster.pid')
  process.kill(Number((await readFile(file, 'utf8')).split('\n')[0]), 'SIGKILL')
  await untilReady(agent, 503)
  expect((await agent.get('/metrics')).status).toBe(200)
  await vi.waitFor(() => expect(agent.log()).toContain('Trying again'), 10_000)
  database = await open()
  await untilReady(agent)
  await sql`update vigie.agent set heartbeat_at = now() - interval '1 hour'`
  await vi.waitFor(async () => expect((await readAgents()).some((row) => row.isFresh)).toBe(true), 10_000)
  expect(await end(agent)).toMatchObject({ exitCode: 0 })
})

it('is ready no longer than the database can be written to, and again as soon as it can', async () => {
  const agent = await startAgent()
  await untilReady(agent)
  const name = database.connection.database
  await sql.unsafe(`alter database ${name} set default_transaction_read_only = on`)
  await sql`
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and application_name like 'vigie agent%'`
  // Many at once, so that all its sessions begin anew.
  const answers = await Promise.all(Array.from({ length: 12 }, () => agent.get('/readyz')))
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 503))
  await untilReady(agent, 503)
  await vi.waitFor(() => expect(agent.log()).toContain('DATABASE_READ_ONLY'), 20_000)
  // The sessions of the agent began while it was so; this one did before.
  await sql.unsafe(`alter database ${name} reset default_transaction_read_only`)
  await untilReady(agent)
  await sql`update vigie.agent set heartbeat_at = now() - interval '1 hour'`
  await vi.waitFor(async () => expect((await readAgents()).some((row) => row.isFresh)).toBe(true), 20_000)
  expect(await end(agent)).toMatchObject({ exitCode: 0 })
})

it('ends in time while the database is away', async () => {
  const agent = await startAgent()
  await untilReady(agent)
  await database.stop()
  await untilReady(agent, 503)
  const { tookMs } = await end(agent)
  expect(tookMs).toBeLessThan(10_000)
  database = await open()
})

it.each([
  ['--without', 'coffee'],
  ['--gateway', 'somewhere'],
  ['--gateway', '127.0.0.1:70000'],
  ['--public-url', 'vigie.example'],
  ['--public-url', 'https://vigie.example/?page=1'],
])('says what is wrong with its words: %s %s', async (flag, value) => {
  const agent = startVigie(['agent', flag, value, '--json'], {})
  const [exitCode] = await once(agent, 'exit')
  expect(exitCode).toBe(2)
})
