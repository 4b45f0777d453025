import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openPool, type Pool } from '../database/connect.ts'
import { startTemporaryCluster, type TemporaryCluster } from '../database/embedded/temporary.ts'
import { migrate } from '../database/migrate.ts'
import { readScript } from '../database/scripts.ts'
import { silentLog, testOrigin } from '../database/testing/names.ts'
import { createRows } from '../database/testing/platform-rows.ts'
import { readVigie, runVigie, startVigie } from './testing/run-vigie.ts'

let cluster: TemporaryCluster
let databases = 0

beforeAll(async () => {
  cluster = await startTemporaryCluster({ settings: { timezone: 'Asia/Kolkata' } })
})
afterAll(() => cluster.stop())

/** A database of its own and a command line that works on it. */
async function createPlatform(prepare: 'nothing' | 'tables' | 'migrated') {
  databases += 1
  const { host, port, user } = cluster.connection
  const name = `contract_${databases}`
  const address = { host, port, user, password: undefined, sslMode: 'disable' as const }
  const admin = openPool({ address: { ...address, database: 'vigie' }, origin: testOrigin, maxConnections: 1 })
  await admin.unsafe(`create database ${name}`)
  await admin.end()
  const sql: Pool = openPool({ address: { ...address, database: name }, origin: testOrigin, maxConnections: 2 })
  if (prepare === 'tables') await sql.unsafe(readScript('baseline/platform.sql')).simple()
  if (prepare === 'migrated') await migrate(sql, { log: silentLog, wantsSample: false })
  const url = `postgresql://${user}@/${name}?host=${encodeURIComponent(host)}&port=${port}`
  const env = { DATABASE_URL: url, DEPLOY_DOMAIN: 'apps.example' }
  return {
    sql,
    env,
    rows: createRows(sql),
    vigie: (...args: string[]) => runVigie([...args, '--json'], env),
    text: (...args: string[]) => runVigie(args, env),
    start: (...args: string[]) => startVigie([...args, '--json'], env),
    end: () => sql.end(),
  }
}

const errorOf = (json: Record<string, unknown>) => json.error

it('migrate tells the level that it found, and applies nothing twice', async () => {
  const empty = await createPlatform('nothing')
  expect((await empty.vigie('migrate')).json()).toMatchObject({ level: 'empty' })
  const again = await empty.vigie('migrate')
  expect([again.json(), again.exitCode]).toEqual([{ level: 'tracked', applied: [] }, 0])
  await empty.end()

  const plans = await createPlatform('tables')
  const first = await plans.vigie('migrate')
  expect(first.json()).toMatchObject({ level: 'plans' })
  expect(first.stderr).toContain('statuses')
  await plans.end()
})

it('sample makes exactly as many projects as asked for, in a database of Vigie’s own that has none', async () => {
  const platform = await createPlatform('migrated')
  const made = await platform.vigie('sample', '--projects', '17')
  expect([made.json(), made.exitCode]).toEqual([{ projects: 17 }, 0])
  expect((await platform.vigie('stats')).json()).toMatchObject({ total: 17 })
  const again = await platform.vigie('sample', '--projects', '17')
  expect([errorOf(again.json()), again.exitCode]).toMatchObject([{ code: 'DATABASE_NOT_EMPTY' }, 3])
  await platform.end()

  // A sample of none would be one that no other can follow.
  const none = await createPlatform('migrated')
  const empty = await none.vigie('sample', '--projects', '0')
  expect([errorOf(empty.json()), empty.exitCode]).toMatchObject([{ code: 'USAGE' }, 2])
  expect((await none.vigie('sample', '--projects', '3')).json()).toEqual({ projects: 3 })
  await none.end()

  const foreign = await createPlatform('tables')
  const refused = await foreign.vigie('sample')
  expect([errorOf(refused.json()), refused.exitCode]).toMatchObject([{ code: 'DATABASE_NOT_EMPTY' }, 3])
  await foreign.end()
})

it('init-traffic fills in what is missing', async () => {
  const platform = await createPlatform('migrated')
  await platform.rows.project({ lastTraffic: null })
  expect((await platform.vigie('init-traffic')).json()).toEqual({ initialised: 1 })
  expect((await platform.vigie('init-traffic', '--from', 'now')).json()).toEqual({ initialised: 0 })
  expect((await platform.vigie('init-traffic', '--from', 'never')).exitCode).toBe(2)
  await platform.end()
})

it('the story of a project: previewed, swept, blocked, reactivated, visited, shown', async () => {
  const platform = await createPlatform('migrated')
  const { sql, rows, vigie } = platform
  const team = await rows.team({ owners: ['Owner@example.com'] })
  const domains = [{ hostname: 'www.story.example', status: 'active' as const }]
  const projectId = await rows.project({ team, lastTraffic: { days: 6 }, domains, name: 'Story' })
  await rows.deployment(projectId, 'story')
  await rows.project({ status: 'inactive', deactivated: { days: 7 } })
  await rows.project({ lastTraffic: { days: 6 }, team: await rows.team({ plan: 'expired' }) })

  const preview = await vigie('sweep', '--preview', '--list')
  expect(preview.exitCode).toBe(0)
  expect(preview.json()).toMatchObject({
    run: { kind: 'preview', outcome: 'done' },
    deactivated: 1,
    disabled: 1,
    mailsQueued: 2,
    skipped: 0,
    failed: 0,
    protected: { lapsedPaid: 1 },
    elapsedMs: expect.any(Number),
    transitions: [
      {
        projectId,
        projectName: 'Story',
        teamSlug: expect.any(String),
        from: 'active',
        to: 'inactive',
        reason: 'no_traffic',
        lastActivityAt: expect.stringMatching(/Z$/),
        mailTo: ['Owner@example.com'],
      },
      { from: 'inactive', to: 'permanently_disabled', reason: 'still_inactive' },
    ],
  })
  expect((await vigie('stats')).json()).toMatchObject({ active: 2, inactive: 1, permanentlyDisabled: 0, total: 3 })

  const swept = await vigie('sweep', '--list')
  expect(swept.exitCode).toBe(0)
  expect(swept.json()).toMatchObject({
    run: { id: 1, kind: 'sweep', outcome: 'done', startedAt: expect.any(String), finishedAt: expect.any(String) },
    deactivated: 1,
    disabled: 1,
    mailsQueued: 2,
    protected: { lapsedPaid: 1 },
    transitions: [{ projectId, mailTo: ['Owner@example.com'] }, { to: 'permanently_disabled' }],
  })

  for (const hostname of ['www.story.example', 'story.apps.example']) {
    const blocked = await vigie('record-traffic', hostname)
    expect([blocked.json(), blocked.exitCode]).toMatchObject([{ projectId, decision: 'blocked' }, 0])
  }
  const unknown = await vigie('record-traffic', 'nobody.example')
  expect([unknown.json(), unknown.exitCode]).toEqual([{ projectId: null, decision: 'unknown', lastTrafficAt: null }, 0])

  const woken = await vigie('reactivate', projectId, '--on-behalf-of', 'owner@EXAMPLE.com', '--reason', 'Called in')
  expect([woken.json(), woken.exitCode]).toMatchObject([
    { projectId, status: 'active', reactivationCount: 1, domainsRestored: 1 },
    0,
  ])
  await sql`update project set last_traffic_at = '2026-01-01' where id = ${projectId}`
  const visited = await vigie('record-traffic', 'story.apps.example', '--at', '2026-01-02T03:04:05Z')
  expect(visited.json()).toEqual({ projectId, decision: 'pass', lastTrafficAt: '2026-01-02T03:04:05.000Z' })
  const future = await vigie('record-traffic', 'story.apps.example', '--at', '2999-01-01T00:00:00Z')
  expect(Date.parse(String(future.json().lastTrafficAt))).toBeLessThanOrEqual(Date.now() + 1_000)
  const said = await platform.text('record-traffic', 'story.apps.example', '--at', '2999-01-01T00:00:00Z')
  expect(said.stdout).toContain('lies in the future and counts as now')
  expect((await vigie('record-traffic', 'story.apps.example', '--at', 'yesterday')).exitCode).toBe(2)
  expect((await vigie('record-traffic', 'story.apps.example', '--at', '2026-02-30T00:00:00Z')).exitCode).toBe(2)

  const shown = await vigie('project', projectId)
  expect(shown.json()).toMatchObject({
    id: projectId,
    status: 'active',
    reactivationCount: 1,
    timeline: {
      events: [
        { kind: 'reactivated', reason: 'Called in' },
        { kind: 'deactivated', runId: 1 },
      ],
    },
  })
  await platform.end()
})

describe('refusals', () => {
  it('carry their code, in the contract’s order, and exit with 3', async () => {
    const platform = await createPlatform('migrated')
    const { rows, vigie } = platform
    const projectId = await rows.project({ team: await rows.team({ owners: ['o@example.com'] }) })
    const cases: [string, string[]][] = [
      ['PROJECT_NOT_FOUND', ['reactivate', 'nonsense']],
      ['PROJECT_NOT_FOUND', ['project', '../../etc/passwd']],
      ['REASON_REQUIRED', ['reactivate', projectId, '--reason', '   ']],
      ['PROJECT_NOT_INACTIVE', ['reactivate', projectId, '--reason', 'x', '--on-behalf-of', 'nobody@example.com']],
      ['TEAM_NOT_FOUND', ['stats', '--team', 'no-such-team']],
    ]
    for (const [code, args] of cases) {
      const refused = await vigie(...args)
      expect([errorOf(refused.json()), refused.exitCode]).toMatchObject([{ code, message: expect.any(String) }, 3])
    }
    const refused = await vigie('reactivate', projectId, '--reason', 'x')
    expect(errorOf(refused.json())).toMatchObject({ status: 'active' })
    expect(refused.stderr).toContain('"level":"WARNING"')
    await platform.end()
  })

  it('of usage exit with 2, as JSON too', async () => {
    const env = { VIGIE_DATA_DIR: '/nonexistent' }
    for (const args of [['nonsense'], ['sweep', '--nonsense'], ['project'], ['sample', '--projects', '-1'], []]) {
      const refused = await runVigie([...args, '--json'], env)
      expect([errorOf(refused.json()), refused.exitCode]).toMatchObject([{ code: 'USAGE' }, 2])
    }
    const text = await runVigie(['nonsense'], env)
    expect([text.stdout, text.exitCode]).toEqual(['', 2])
    expect(text.stderr).not.toContain('    at ')
  })
})

describe('a database that can’t be worked with', () => {
  it.each([
    ['is away', 'postgresql://u:canary-secret@127.0.0.1:1/x', 'DATABASE_UNREACHABLE', 1],
    ['has no address', 'mysql://u:canary-secret@127.0.0.1/x', 'CONFIG_INVALID', 2],
    ['is empty', '', 'CONFIG_INVALID', 2],
  ])('because it %s: one sentence, no stack, no password', async (_name, url, code, exitCode) => {
    for (const args of [['stats'], ['stats', '--json']]) {
      const refused = await runVigie(args, { DATABASE_URL: url })
      expect(refused.exitCode).toBe(exitCode)
      expect(refused.stdout + refused.stderr).toContain(code)
      expect(refused.stdout + refused.stderr).not.toMatch(/canary-secret|^\s+at /m)
    }
  })

  it('because it is no platform, not prepared, missing or read-only', async () => {
    const empty = await createPlatform('nothing')
    await empty.sql`create table posts (id int)`
    expect(errorOf((await empty.vigie('stats')).json())).toMatchObject({ code: 'NOT_A_PLATFORM' })
    await empty.end()

    const tables = await createPlatform('tables')
    expect(errorOf((await tables.vigie('stats')).json())).toMatchObject({ code: 'NOT_MIGRATED' })
    await tables.end()

    const ready = await createPlatform('migrated')
    const missing = { DATABASE_URL: ready.env.DATABASE_URL.replace('contract_', 'no_such_') }
    expect(errorOf((await runVigie(['stats', '--json'], missing)).json())).toMatchObject({ code: 'DATABASE_NOT_FOUND' })
    await ready.sql.unsafe(`alter database contract_${databases} set default_transaction_read_only = on`)
    const refused = await ready.vigie('sweep')
    expect([errorOf(refused.json()), refused.exitCode]).toMatchObject([{ code: 'DATABASE_READ_ONLY' }, 1])
    expect((await ready.vigie('stats')).exitCode).toBe(0)
    await ready.end()
  })

  it('because it goes away in the middle of a sweep: the run failed, nothing is half done', async () => {
    const platform = await createPlatform('migrated')
    const { sql, rows } = platform
    for (let n = 0; n < 5; n += 1) await rows.project({ lastTraffic: { days: 6 } })
    await sql.unsafe(`
      create function kill() returns trigger language plpgsql as
      $$ begin perform pg_terminate_backend(pg_backend_pid()); return new; end $$;
      create trigger kill before update on project for each row execute function kill()`)
    const broken = await platform.vigie('sweep')
    expect([errorOf(broken.json()), broken.exitCode]).toMatchObject([{ code: 'DATABASE_CONNECTION_LOST' }, 1])
    expect(await sql`select from project where status <> 'active'`).toHaveLength(0)
    expect(await sql`select outcome, error ->> 'code' as code from vigie.job_run`).toEqual([
      { outcome: 'failed', code: 'DATABASE_CONNECTION_LOST' },
    ])
    await platform.end()
  })
})

it('Ctrl-C during a sweep ends it between two batches, with 130, and the history says so', async () => {
  const platform = await createPlatform('migrated')
  const { sql } = platform
  await platform.vigie('sample', '--projects', '1200')
  await sql`update project set last_traffic_at = '2026-01-01', created_at = '2026-01-01' where status = 'active'`
  // Each batch waits until somebody lets go, so that the signal surely comes in the middle of one.
  await sql.unsafe(`
    create function wait() returns trigger language plpgsql as
    $$ begin perform pg_advisory_xact_lock_shared(42); return null; end $$;
    create trigger wait after update on project for each statement execute function wait()`)
  const gate = await sql.reserve()
  await gate`select pg_advisory_lock(42)`
  const child = platform.start('sweep', '--override-brakes', '--reason', 'a test')
  const result = readVigie(child)
  await waitFor(async () => (await sql`select from pg_locks where locktype = 'advisory' and not granted`).length > 0)
  child.kill('SIGINT')
  await gate`select pg_advisory_unlock(42)`
  gate.release()
  const { exitCode, json, stderr } = await result
  expect([json(), exitCode]).toMatchObject([{ run: { outcome: 'cancelled' } }, 130])
  expect(stderr).toContain('Ending after this batch')
  expect(await sql`select outcome from vigie.job_run where id = (select max(id) from vigie.job_run)`).toEqual([
    { outcome: 'cancelled' },
  ])
  await platform.end()
})

it('a second Ctrl-C ends at once, and says so', async () => {
  const platform = await createPlatform('migrated')
  const { sql } = platform
  await platform.rows.project({ lastTraffic: { days: 6 } })
  const holder = await sql.reserve()
  await holder`begin`
  await holder`lock table vigie.mail in access exclusive mode`
  const child = platform.start('sweep')
  const result = readVigie(child)
  const waits = () => sql`select from pg_locks where not granted`
  await waitFor(async () => (await waits()).length > 0)
  child.kill('SIGINT')
  let told = ''
  child.stderr?.on('data', (text) => {
    told += text
  })
  await waitFor(async () => told.includes('Ending after this batch'))
  child.kill('SIGINT')
  const { exitCode, stderr } = await result
  await holder`rollback`
  holder.release()
  expect([exitCode, stderr]).toEqual([130, expect.stringContaining('Ended at once')])
  await platform.end()
})

it('doctor tries the whole lifecycle and leaves nothing behind', async () => {
  const platform = await createPlatform('migrated')
  // Nobody has watched for days: the deadlines that it tries are later.
  await platform.sql`insert into vigie.watch_span values (1, now() - interval '9 days', now() - interval '8 days')`
  const healthy = await platform.vigie('doctor')
  expect(healthy.exitCode).toBe(0)
  expect(healthy.json()).toMatchObject({ ok: true })
  expect(healthy.json().steps).toHaveLength(9)
  expect(await platform.sql`select from project`).toHaveLength(0)
  expect(await platform.sql`select from vigie.event`).toHaveLength(0)

  await platform.sql.unsafe(`create or replace function vigie.recipients(team_ids varchar[])
    returns table (team_id varchar, user_id integer, address text) language sql as $$ select '', 0, '' where false $$`)
  const ill = await platform.vigie('doctor')
  expect([ill.json(), ill.exitCode]).toMatchObject([{ ok: false }, 1])
  await platform.end()
})

it('an embedded database is made, migrated and filled at the first use, and found again', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'vigie-cli-'))
  const env = { VIGIE_DATA_DIR: folder }
  const first = await runVigie(['stats', '--json'], env)
  expect(first.json()).toMatchObject({ total: 1_200 })
  expect(first.stderr).toContain(`DATABASE_URL is not set: this is Vigie’s own sample database in ${folder}.`)
  const second = await runVigie(['stats', '--json'], env)
  expect(second.json()).toEqual(first.json())
  await rm(folder, { recursive: true, force: true })
})

async function waitFor(condition: () => Promise<boolean>): Promise<void> {
  const deadlineMs = performance.now() + 30_000
  while (!(await condition())) {
    if (performance.now() > deadlineMs) throw new Error('it did not come true within 30 s')
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
