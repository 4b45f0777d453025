import { once } from 'node:events'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { hostname, tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { type PreparedDatabase, prepareDatabase } from '../../cli/testing/prepared-database.ts'
import { readVigie, runVigie, startVigie } from '../../cli/testing/run-vigie.ts'
import { silentLog } from '../../database/testing/names.ts'
import { createRows } from '../../database/testing/platform-rows.ts'
import { createKeptAnswers } from '../gateway/kept-answers.ts'
import { type Gateway, startGateway } from '../gateway/server.ts'
import { portOf } from './testing/port-of.ts'
import { startTraefikDouble, type TraefikDoubleOptions } from './testing/traefik-double.ts'

const foreignText = '# not YAML: {{ and nobody’s to open'
const noAnswers = <Answer>() => createKeptAnswers<Answer>({ read: async () => null, nowMs: () => performance.now() })

let database: PreparedDatabase
let gateway: Gateway
let folder: string
let logFile: string
const stops: (() => void)[] = []

beforeAll(async () => {
  database = await prepareDatabase()
  gateway = await startGateway({
    address: '127.0.0.1',
    port: 0,
    log: silentLog,
    lookup: () => null,
    owners: noAnswers(),
    projects: noAnswers(),
    platformUrl: null,
    decideForward: null,
    wake: null,
  })
})
afterAll(async () => {
  await gateway.stop()
  await database.stop()
})
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'vigie-doctor-'))
  logFile = path.join(folder, 'access.log')
  await writeFile(path.join(folder, 'acme.json'), foreignText)
})
afterEach(async () => {
  for (const stop of stops.splice(0)) stop()
  await rm(folder, { recursive: true, force: true })
})

async function startTraefik(options: Partial<TraefikDoubleOptions> = {}): Promise<string> {
  const traefik = await startTraefikDouble({ folder, logFile, ...options })
  stops.push(traefik.stop)
  return traefik.url
}

/** An engine that tells that it is there. */
async function startEngineDouble({ hasContainers = true } = {}): Promise<string> {
  const server = createServer((request, response) => {
    if (!hasContainers && request.url?.includes('/containers/')) response.statusCode = 404
    response.setHeader('content-type', 'application/json')
    response.end(request.url?.endsWith('/version') ? JSON.stringify({ Version: '28.1.0' }) : 'OK')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  stops.push(() => server.close())
  return `tcp://127.0.0.1:${portOf(server)}`
}

const gatewayFlag = () => ['--gateway-url', `http://127.0.0.1:${gateway.port}`]
const edgeEnv = () => ({
  ...database.env,
  TRAEFIK_CONFIG_DIR: folder,
  DEPLOY_DOMAIN: 'apps.example',
  URL_SCHEME: 'http',
})

/** The outcomes in their order, and all that was said. */
async function examine(args: readonly string[], env: Readonly<Record<string, string>>) {
  const { exitCode, json, stdout } = await runVigie(['doctor', '--edge', '--json', ...args], env)
  const { ok, steps } = json()
  if (!Array.isArray(steps)) throw new Error(`no steps: ${stdout}`)
  return { exitCode, ok, outcomes: steps.map((step) => step.outcome), stdout }
}

const leftovers = async () => (await readdir(folder)).filter((name) => name.startsWith('vigie'))

it('an edge where all is as it should be', async () => {
  const args = ['--traefik-url', await startTraefik(), ...gatewayFlag(), '--access-log', logFile]
  const env = { ...edgeEnv(), DOCKER_HOST: await startEngineDouble() }
  const found = await examine(args, env)
  expect(found).toMatchObject({ exitCode: 0, ok: true, outcomes: Array(9).fill('ok') })
  expect(found.stdout).toContain('28.1.0')
  expect(await leftovers()).toEqual([])
  const told = await runVigie(['doctor', '--edge', ...args], env)
  expect([told.exitCode, told.stdout.trim().split('\n').length]).toEqual([0, 9])
  expect(told.stdout).toMatch(/^ok {7}Traefik’s directory is writable: /)
})

it('without settings everything is skipped, and says what is missing', async () => {
  const { exitCode, outcomes, stdout } = await examine([], {})
  expect([exitCode, outcomes]).toEqual([0, Array(9).fill('skipped')])
  for (const setting of ['TRAEFIK_CONFIG_DIR', '--access-log', 'DOCKER_HOST', 'DATABASE_URL']) {
    expect(stdout).toContain(`${setting} not set.`)
  }
  const env = { TRAEFIK_CONFIG_DIR: folder }
  expect(await examine([], env)).toMatchObject({ outcomes: ['ok', ...Array(8).fill('skipped')] })
  expect((await examine([], env)).stdout).toContain('DEPLOY_DOMAIN and --traefik-url not set.')
  expect(await leftovers()).toEqual([])
})

it('a directory that nobody watches, and an engine that is away', async () => {
  const args = ['--traefik-url', await startTraefik({ isWatching: false }), ...gatewayFlag(), '--access-log', logFile]
  const found = await examine(args, { ...edgeEnv(), DOCKER_HOST: 'unix:///nowhere/docker.sock' })
  expect(found).toMatchObject({
    exitCode: 1,
    ok: false,
    outcomes: ['ok', 'failed', 'skipped', 'ok', 'ok', 'ok', 'ok', 'failed', 'ok'],
  })
  expect(found.stdout).toContain(`--providers.file.directory=${folder} --providers.file.watch=true`)
  expect(await leftovers()).toEqual([])
})

it('a log that drops user agents, and one that is another Traefik’s', async () => {
  const url = await startTraefik({ logFields: () => ({}) })
  const args = ['--traefik-url', url, ...gatewayFlag()]
  const dropping = await examine([...args, '--access-log', logFile], edgeEnv())
  expect(dropping.outcomes.slice(3, 6)).toEqual(['ok', 'ok', 'failed'])
  expect(dropping.stdout).toContain('--accesslog.fields.headers.names.User-Agent=keep')
  const other = path.join(folder, 'other.log')
  await writeFile(other, '{"RequestHost":"a.apps.example","StartUTC":"2026-03-01T10:00:00Z","Duration":1}\n')
  const stale = await examine([...args, '--access-log', other], edgeEnv())
  expect(stale.outcomes.slice(3, 6)).toEqual(['failed', 'skipped', 'skipped'])
  expect(stale.stdout).toContain('--accesslog.filepath')
})

it('a log without a line, one of garbage, none at all, and a folder', async () => {
  const { TRAEFIK_CONFIG_DIR: _none, ...env } = edgeEnv()
  await writeFile(logFile, '')
  const judge = async (file: string) => (await examine(['--access-log', file], env)).outcomes.slice(3, 6)
  const bad = ['failed', 'skipped', 'skipped']
  expect(await judge(logFile)).toEqual(bad)
  await writeFile(logFile, 'garbage\n')
  expect(await judge(logFile)).toEqual(bad)
  expect(await judge(path.join(folder, 'none.log'))).toEqual(bad)
  expect(await judge(folder)).toEqual(bad)
})

it('a directory that is missing, and a gateway and a database that are away', async () => {
  const url = await startTraefik()
  const missing = await examine(['--traefik-url', url, ...gatewayFlag()], {
    ...edgeEnv(),
    TRAEFIK_CONFIG_DIR: path.join(folder, 'none'),
  })
  expect(missing).toMatchObject({
    exitCode: 1,
    outcomes: ['failed', ...Array(5).fill('skipped'), 'ok', 'skipped', 'ok'],
  })
  expect(missing.stdout).toContain('correct TRAEFIK_CONFIG_DIR')
  const away = await examine(['--traefik-url', url, '--gateway-url', 'http://127.0.0.1:1'], {
    ...edgeEnv(),
    DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/none',
  })
  expect(away.outcomes).toEqual(['ok', 'ok', 'failed', 'skipped', 'skipped', 'skipped', 'failed', 'skipped', 'failed'])
  expect(away.stdout).toContain('--gateway-url')
  const gone = await examine(['--traefik-url', 'http://127.0.0.1:1'], edgeEnv())
  expect(gone.outcomes.slice(0, 3)).toEqual(['ok', 'failed', 'skipped'])
  expect(await leftovers()).toEqual([])
})

it.each([1, 2])('Ctrl-C, %i times, ends it and leaves no file', async (times) => {
  const url = await startTraefik({ isWatching: false })
  const doctor = startVigie(['doctor', '--edge', '--traefik-url', url, ...gatewayFlag()], edgeEnv())
  const said = readVigie(doctor)
  const deadlineMs = performance.now() + 60_000
  while (!(await leftovers()).includes('vigie-doctor.yml')) {
    if (performance.now() > deadlineMs) throw new Error('the test router never appeared')
    await sleep(10)
  }
  for (let time = 0; time < times; time += 1) doctor.kill('SIGINT')
  expect((await said).exitCode).toBe(130)
  expect(await leftovers()).toEqual([])
})

it('a doctor removes what one that was killed has left', async () => {
  for (const name of ['vigie-doctor.yml', 'vigie-doctor.try']) await writeFile(path.join(folder, name), '')
  expect((await examine([], { TRAEFIK_CONFIG_DIR: folder })).outcomes[0]).toBe('ok')
  expect(await leftovers()).toEqual([])
})

it('an access log and forward auth that both count here would count twice', async () => {
  const enrol = (kind: string, flushedAgo: string) => database.sql`
    insert into vigie.intake (machine, kind, source, flushed_at)
    values (${hostname()}, ${kind}, 'here', now() - ${flushedAgo}::interval)`
  const counting = async () => (await examine([], database.env)).outcomes[6]
  try {
    await enrol('access_log', '5 seconds')
    await enrol('forward_auth', '1 hour')
    expect(await counting()).toBe('ok')
    await database.sql`update vigie.intake set flushed_at = now()`
    expect(await counting()).toBe('failed')
  } finally {
    await database.sql`truncate vigie.intake`
  }
  const args = ['agent', '--json', '--port', '0', '--access-log', logFile, '--forward-auth']
  const refused = await runVigie(args, database.env)
  expect([refused.exitCode, refused.json()]).toMatchObject([2, { error: { code: 'USAGE' } }])
})

it('an engine that is another platform’s', async () => {
  const rows = createRows(database.sql)
  const deploymentId = await rows.deployment(await rows.project(), 'lark')
  await database.sql`update deployment set container_id = 'c1', container_status = 'running' where id = ${deploymentId}`
  try {
    const env = { ...database.env, DOCKER_HOST: await startEngineDouble({ hasContainers: false }) }
    const { outcomes, stdout } = await examine([], env)
    expect(outcomes[7]).toBe('failed')
    expect(stdout).toContain('Check that DOCKER_HOST names the platform’s engine')
  } finally {
    await database.sql`truncate project cascade`
  }
})

it('the flags of an edge are refused without --edge', async () => {
  const refused = await runVigie(['doctor', '--access-log', logFile, '--json'], database.env)
  expect([refused.exitCode, refused.json()]).toMatchObject([2, { error: { code: 'USAGE' } }])
})
