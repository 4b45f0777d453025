import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json as readJson } from 'node:stream/consumers'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { openPool, type Pool } from '../database/connect.ts'
import { startTemporaryCluster, type TemporaryCluster } from '../database/embedded/temporary.ts'
import { migrate } from '../database/migrate.ts'
import { silentLog, testOrigin } from '../database/testing/names.ts'
import { createRows } from '../database/testing/platform-rows.ts'
import { startSmtpServer } from '../mail/testing/smtp-server.ts'
import { runVigie } from './testing/run-vigie.ts'

let cluster: TemporaryCluster
let sql: Pool
let rows: ReturnType<typeof createRows>
let mailServer: Awaited<ReturnType<typeof startSmtpServer>>
let webhook: Server
let env: Record<string, string>
const posted: unknown[] = []

const vigie = (...args: string[]) => runVigie([...args, '--json'], env)
const run = async (...args: string[]) => {
  const { exitCode, json } = await vigie(...args)
  return [json(), exitCode]
}

beforeAll(async () => {
  cluster = await startTemporaryCluster({ settings: {} })
  const { host, port, user, database } = cluster.connection
  const address = { host, port, user, database, password: undefined, sslMode: 'disable' as const }
  sql = openPool({ address, origin: testOrigin, maxConnections: 2, statementTimeoutMs: 0 })
  rows = createRows(sql)
  await migrate(sql, { log: silentLog, wantsSample: false })
  mailServer = await startSmtpServer()
  webhook = createServer(async (request, response) => {
    posted.push({ method: request.method, body: await readJson(request) })
    response.writeHead(204).end()
  }).listen(0, '127.0.0.1')
  await once(webhook, 'listening')
  env = {
    DATABASE_URL: `postgresql://${user}@/${database}?host=${encodeURIComponent(host)}&port=${port}`,
    SMTP_URL: `smtp://127.0.0.1:${mailServer.port}`,
    EMAIL_SENDER_ADDRESS: 'noreply@platform.example',
    ALERT_EMAIL: 'oncall@platform.example',
    ALERT_WEBHOOK: `http://127.0.0.1:${(webhook.address() as AddressInfo).port}/held`,
  }
})
afterAll(async () => {
  webhook?.close()
  await mailServer?.close()
  await sql?.end()
  await cluster?.stop()
})
beforeEach(async () => {
  await sql`truncate project, team, "user" cascade`
  await sql`truncate vigie.job_run, vigie.event, vigie.mail, vigie.sleeper, vigie.disabled_domain, vigie.hold,
    vigie.run_project, vigie.seen restart identity`
  posted.length = 0
  mailServer.received.length = 0
  // Twenty active projects, three of them due, and nobody saw any traffic for a day.
  for (let n = 0; n < 20; n += 1) await rows.project({ lastTraffic: { days: n < 3 ? 6 : 2 } })
})

const heldJson = {
  id: 1,
  brakes: [{ brake: 'recorder_silent', activeProjects: 20, hours: 24 }],
  deactivated: 3,
  disabled: 0,
  expiresAt: expect.stringMatching(/Z$/),
}

it('a held sweep ends with 4, and whoever is to be told hears of it', async () => {
  const { exitCode, json, stderr } = await vigie('sweep')
  expect([json(), exitCode]).toEqual([
    {
      run: {
        id: 1,
        kind: 'sweep',
        outcome: 'held',
        startedAt: expect.any(String),
        finishedAt: expect.any(String),
      },
      hold: heldJson,
    },
    4,
  ])
  expect(stderr).toMatch(/"level":"ERROR".*The sweep was held/)
  const { id: holdId, ...told } = heldJson
  expect(posted).toEqual([{ method: 'POST', body: { kind: 'hold', holdId, runId: 1, ...told } }])
  expect(mailServer.received).toMatchObject([
    { to: 'oncall@platform.example', mail: { subject: expect.stringContaining('sweep 1 is held') } },
  ])
  const [mail] = mailServer.received
  expect(mail?.mail.text).toContain('3 projects')
  expect(mail?.mail.text).toContain('recorder_silent')
})

it('what can’t be told of is logged, and the sweep is held all the same', async () => {
  env = { ...env, ALERT_EMAIL: 'unknown@platform.example', ALERT_WEBHOOK: 'http://127.0.0.1:1/' }
  try {
    const { exitCode, stderr } = await vigie('sweep')
    expect(exitCode).toBe(4)
    expect(stderr).toMatch(/"way":"mail".*550/)
    expect(stderr).toMatch(/"way":"webhook"/)
  } finally {
    const { port } = webhook.address() as AddressInfo
    env = { ...env, ALERT_EMAIL: 'oncall@platform.example', ALERT_WEBHOOK: `http://127.0.0.1:${port}/held` }
  }
})

it('hold show, release and dismiss', async () => {
  expect(await run('hold', 'show')).toEqual([{ hold: null }, 0])
  expect(await run('hold', 'release', '--reason', 'x')).toMatchObject([{ error: { code: 'HOLD_NOT_FOUND' } }, 3])
  await run('sweep')
  expect(await run('hold', 'show')).toEqual([{ hold: heldJson }, 0])
  const listed = await sql<{ projectId: string }[]>`
    select x.project_id as "projectId" from vigie.run_project x order by x.project_id`
  expect(await run('hold', 'show', '--list')).toMatchObject([
    { hold: heldJson, projects: listed.map(({ projectId }) => ({ stage: 'deactivate', projectId, status: 'active' })) },
    0,
  ])
  expect((await runVigie(['hold', 'show', '--list'], env)).stdout).toMatch(
    new RegExp(`^${listed[0]?.projectId}  active → inactive  last activity \\S+  Project`, 'm'),
  )
  for (const words of [['dismiss', '--reason', ' '], ['dismiss'], ['release']]) {
    expect(await run('hold', ...words)).toMatchObject([{ error: { code: 'REASON_REQUIRED' } }, 3])
  }
  expect(await run('hold', 'dismiss', '--reason', 'The recorder is down')).toEqual([
    { holdId: 1, status: 'dismissed' },
    0,
  ])
  expect(await sql`select from project where status <> 'active'`).toHaveLength(0)

  await run('sweep')
  expect(await run('pause', 'sweep', '--reason', 'An incident')).toMatchObject([{ isPaused: true }, 0])
  for (const words of [['sweep'], ['hold', 'release', '--reason', 'x']]) {
    expect(await run(...words)).toMatchObject([{ error: { code: 'SWEEP_PAUSED' } }, 3])
  }
  await run('resume', 'sweep', '--reason', 'It is over')
  await sql`update project set last_traffic_at = now() at time zone 'utc' where id = (select max(project_id) from vigie.run_project)`
  const accounted = { deactivated: 2, disabled: 0, leftAlone: { gone: 0, noLongerDue: 1 }, skipped: 0, failed: 0 }
  expect(await run('hold', 'release', '--reason', 'Checked by hand')).toMatchObject([
    { holdId: 2, run: { id: 3, kind: 'sweep', outcome: 'done' }, releasesRunId: 2, ...accounted },
    0,
  ])
  expect(await sql`select from project where status = 'inactive'`).toHaveLength(2)
  const { stdout } = await runVigie(['runs'], env)
  expect(stdout).toMatch(/^3 .* sweep {2}done {2}asleep 2, disabled 0, mails 2, does the list of run 2 /m)
  expect(stdout).toMatch(/^2 .* sweep {2}held {2}to sleep 3, to disable 0, released, done by run 3 /m)
  expect(stdout).toMatch(/^1 .* sweep {2}held {2}to sleep 3, to disable 0, dismissed /m)
})

it('the brakes are overridden with a reason', async () => {
  expect(await run('sweep', '--override-brakes')).toMatchObject([{ error: { code: 'REASON_REQUIRED' } }, 3])
  expect(await run('sweep', '--override-brakes', '--reason', 'The recorder is new')).toMatchObject([
    { run: { outcome: 'done' }, deactivated: 3 },
    0,
  ])
  expect(posted).toEqual([])
})

it('without an agent, a sweep notices itself what others did', async () => {
  const [visited] = await sql<{ id: string }[]>`
    update project set last_traffic_at = now() at time zone 'utc'
    where id = (select id from project order by last_traffic_at desc limit 1) returning id`
  expect(await run('sweep')).toMatchObject([{ deactivated: 3 }, 0])
  // One is woken by the platform itself, and another sweeper comes.
  const [woken] = await sql<{ id: string }[]>`
    update project set status = 'active', deactivated_at = null
    where id = (select id from project where status = 'inactive' limit 1) returning id`
  await sql`update project set status = 'inactive', deactivated_at = now() at time zone 'utc' where id = ${visited?.id ?? ''}`
  await rows.project({ lastTraffic: { days: 6 } })
  expect(await run('sweep')).toMatchObject([{ hold: { brakes: [{ brake: 'changed_outside', projects: 1 }] } }, 4])
  const [{ isFresh } = { isFresh: false }] = await sql<{ isFresh: boolean }[]>`
    select last_traffic_at > (now() at time zone 'utc') - interval '10 minutes' as "isFresh"
    from project where id = ${woken?.id ?? ''}`
  expect(isFresh).toBe(true)
})
