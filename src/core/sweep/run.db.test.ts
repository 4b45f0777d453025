import { beforeEach, describe, expect, it } from 'vitest'
import { createRows, type ProjectSpec } from '../../main/database/testing/platform-rows.ts'
import { sweepNow } from '../../main/database/testing/sweep-now.ts'
import { createTestDatabase } from '../../main/database/testing/test-database.ts'
import type { ProjectStatus } from '../project.ts'
import { listRunTransitions } from '../queries/run-transitions.ts'
import { readRun } from '../queries/runs.ts'
import { countDue, listDue } from './preview.ts'
import type { SweepOptions } from './run.ts'

const database = await createTestDatabase({ maxConnections: 6 })
const { sql } = database
const rows = createRows(sql)
const sweep = (options: Partial<SweepOptions> = {}) => sweepNow(database, options)

const idle: ProjectSpec = { lastTraffic: { days: 6 } }
const longAsleep: ProjectSpec = { status: 'inactive', lastTraffic: { days: 20 }, deactivated: { days: 8 } }

async function statusOf(id: string): Promise<ProjectStatus | undefined> {
  const [row] = await sql<{ status: ProjectStatus }[]>`select status from project where id = ${id}`
  return row?.status
}

beforeEach(async () => {
  await sql`truncate project, team, "user" cascade`
  await sql`truncate vigie.job_run, vigie.event, vigie.mail, vigie.sleeper, vigie.disabled_domain, vigie.exemption`
  await sql`update vigie.policy set inactive_after_days = 5, disabled_after_days = 7, is_lapsed_paid_swept = false`
})

describe('the first stage', () => {
  it('puts an unvisited free project to sleep with all its effects', async () => {
    const team = await rows.team({ owners: ['a@example.com', 'b@example.com'], members: ['c@example.com'] })
    const id = await rows.project({
      ...idle,
      team,
      domains: [
        { hostname: 'one.example', status: 'active' },
        { hostname: 'two.example', status: 'pending' },
        { hostname: 'three.example', status: 'disabled' },
      ],
    })
    const [before] = await sql`select updated_at from project where id = ${id}`
    const run = await sweep()

    expect(run).toMatchObject({ outcome: 'done', deactivated: 1, disabled: 0, mailsQueued: 2, skipped: 0, failed: 0 })
    const [project] = await sql`
      select status, deactivated_at > (now() at time zone 'utc') - interval '1 minute' as "isFresh", updated_at
      from project where id = ${id}`
    expect(project).toMatchObject({ status: 'inactive', isFresh: true, updated_at: before?.updated_at })
    expect(await sql`select hostname, status from domain where project_id = ${id} order by id`).toEqual([
      { hostname: 'one.example', status: 'disabled' },
      { hostname: 'two.example', status: 'pending' },
      { hostname: 'three.example', status: 'disabled' },
    ])
    expect(await sql`select d.hostname from vigie.disabled_domain x join domain d on d.id = x.domain_id`).toEqual([
      { hostname: 'one.example' },
    ])
    expect(
      await sql`select kind, run_id, entry, machine, version, reason, after ->> 'status' as "to" from vigie.event`,
    ).toEqual([{ kind: 'deactivated', run_id: run.id, ...database.origin, reason: 'no_traffic', to: 'inactive' }])
    expect(await sql`select template, address, status from vigie.mail order by address`).toEqual([
      { template: 'project-disabled', address: 'a@example.com', status: 'queued' },
      { template: 'project-disabled', address: 'b@example.com', status: 'queued' },
    ])
  })

  it('considers a project that was never visited, from its creation', async () => {
    const old = await rows.project({ created: { days: 6 }, lastTraffic: null })
    const young = await rows.project({ created: { days: 4 }, lastTraffic: null })
    await sweep()
    expect(await statusOf(old)).toBe('inactive')
    expect(await statusOf(young)).toBe('active')
  })

  it('takes the boundary as reached', async () => {
    const exactly = await rows.project({ lastTraffic: { days: 5 } })
    const almost = await rows.project({ lastTraffic: { days: 4, hours: 23 } })
    await sweep()
    expect(await statusOf(exactly)).toBe('inactive')
    expect(await statusOf(almost)).toBe('active')
  })

  it('does not disable for good in the same pass what it just put to sleep', async () => {
    const id = await rows.project({ lastTraffic: { days: 100 } })
    expect(await sweep()).toMatchObject({ deactivated: 1, disabled: 0 })
    expect(await statusOf(id)).toBe('inactive')
  })
})

describe('the second stage', () => {
  it('disables for good after seven more days, restarts the date and tells the owner', async () => {
    const id = await rows.project(longAsleep)
    expect(await sweep()).toMatchObject({ deactivated: 0, disabled: 1, mailsQueued: 1 })
    const [project] = await sql`
      select status, deactivated_at > (now() at time zone 'utc') - interval '1 minute' as "isFresh" from project
      where id = ${id}`
    expect(project).toEqual({ status: 'permanently_disabled', isFresh: true })
    expect(await sql`select template from vigie.mail`).toEqual([{ template: 'project-permanently-disabled' }])
  })

  it('leaves alone what has slept for less', async () => {
    const id = await rows.project({ ...longAsleep, deactivated: { days: 6, hours: 23 } })
    await sweep()
    expect(await statusOf(id)).toBe('inactive')
  })
})

describe('never touched, at either stage', () => {
  it.each([
    ['a paid plan', { plan: 'paid' }],
    ['a cancelled paid plan', { plan: 'cancelled' }],
    ['an expired paid plan', { plan: 'expired' }],
    ['a deleted team', { isDeleted: true }],
  ] as const)('%s', async (_name, spec) => {
    const awake = await rows.project({ ...idle, team: await rows.team(spec) })
    const asleep = await rows.project({ ...longAsleep, team: await rows.team(spec) })
    expect(await sweep()).toMatchObject({ deactivated: 0, disabled: 0, mailsQueued: 0 })
    expect([await statusOf(awake), await statusOf(asleep)]).toEqual(['active', 'inactive'])
  })

  it.each(['paused', 'deleted', 'permanently_disabled'] as const)('a project that is %s', async (status) => {
    const id = await rows.project({ ...longAsleep, status })
    await sweep()
    expect(await statusOf(id)).toBe(status)
  })

  it('a project, or a team, that is exempt', async () => {
    const project = await rows.project(idle)
    const team = await rows.team()
    const teams = await rows.project({ ...longAsleep, team })
    await sql`insert into vigie.exemption (project_id, reason) values (${project}, 'demo')`
    await sql`insert into vigie.exemption (team_id, until, reason) values (${team}, now() + interval '1 day', 'demo')`
    await sweep()
    expect([await statusOf(project), await statusOf(teams)]).toEqual(['active', 'inactive'])
  })

  it('but an explicit free plan is swept, and a lapsed one if the policy says so', async () => {
    const free = await rows.project({ ...idle, team: await rows.team({ plan: 'free' }) })
    const lapsed = await rows.project({ ...idle, team: await rows.team({ plan: 'expired' }) })
    await sql`update vigie.policy set is_lapsed_paid_swept = true`
    await sweep()
    expect([await statusOf(free), await statusOf(lapsed)]).toEqual(['inactive', 'inactive'])
  })
})

describe('who is told', () => {
  it.each([
    ['active owners alone', { owners: ['o@example.com'], admins: ['a@example.com'] }, ['o@example.com']],
    ['admins where no owner is', { owners: [], admins: ['a@example.com'] }, ['a@example.com']],
    ['nobody where only members are', { owners: [], members: ['m@example.com'] }, []],
  ] as const)('%s', async (_name, spec, expected) => {
    await rows.project({ ...idle, team: await rows.team(spec) })
    const run = await sweep()
    expect(run.mailsQueued).toBe(expected.length)
    expect((await sql<{ address: string }[]>`select address from vigie.mail`).map((row) => row.address)).toEqual(
      expected,
    )
  })

  it('the admins if the owner is deleted, and the creator if nobody is left', async () => {
    await rows.user('gone@example.com', { isDeleted: true })
    const creator = await rows.user('creator@example.com')
    const first = await rows.team({ owners: ['gone@example.com'], admins: ['a@example.com'] })
    const second = await rows.team({ owners: ['gone@example.com'] })
    await sql`update team set created_by_user_id = ${creator}`
    await rows.project({ ...idle, team: first })
    await rows.project({ ...idle, team: second })
    await sweep()
    const mails = await sql<{ address: string }[]>`select address from vigie.mail order by address`
    expect(mails.map((row) => row.address)).toEqual(['a@example.com', 'creator@example.com'])
  })
})

describe('the preview', () => {
  it('writes nothing and says what the sweep then does', async () => {
    for (let n = 0; n < 7; n += 1) await rows.project(idle)
    for (let n = 0; n < 3; n += 1) await rows.project(longAsleep)
    await rows.project({ ...idle, team: await rows.team({ plan: 'cancelled' }) })
    const counts = await countDue(sql)
    const first = await listDue(sql, { stage: 'deactivate', after: null, limit: 5 })
    const second = await listDue(sql, { stage: 'deactivate', after: first.next, limit: 5 })
    const disable = await listDue(sql, { stage: 'disable', after: null, limit: 5 })
    expect(await sql`select from vigie.event`).toHaveLength(0)
    expect(await sql`select from vigie.job_run`).toHaveLength(0)
    expect(counts).toMatchObject({ deactivated: 7, disabled: 3, mailsQueued: 10, lapsedPaid: 1 })
    expect([first.next === null, second.next]).toEqual([false, null])

    const run = await sweep()
    expect(run).toMatchObject({ deactivated: 7, disabled: 3, mailsQueued: 10 })
    const done = await listRunTransitions(sql, { runId: run.id, afterEventId: 0, limit: 50 })
    const previewed = [...first.transitions, ...second.transitions, ...disable.transitions]
    expect(done.transitions.map(({ projectId, to, mailTo }) => ({ projectId, to, mailTo }))).toEqual(
      previewed.map(({ projectId, to, mailTo }) => ({ projectId, to, mailTo })),
    )
  })
})

describe('under contention', () => {
  it('two sweeps at once do nothing twice', async () => {
    for (let n = 0; n < 60; n += 1) await rows.project(idle)
    const [a, b] = await Promise.all([sweep({ batchSize: 7 }), sweep({ batchSize: 11 })])
    expect(a.deactivated + b.deactivated).toBe(60)
    expect(await sql`select project_id from vigie.event group by 1 having count(*) > 1`).toHaveLength(0)
    expect(await sql`select event_id, user_id from vigie.mail group by 1, 2 having count(*) > 1`).toHaveLength(0)
    expect(await sql`select from vigie.mail`).toHaveLength(60)
  })

  it('leaves a project that somebody holds, and says so', async () => {
    const held = await rows.project(idle)
    const free = await rows.project(idle)
    const holder = await sql.reserve()
    await holder`begin`
    await holder`select from project where id = ${held} for update`
    const run = await sweep()
    await holder`rollback`
    holder.release()
    expect(run).toMatchObject({ outcome: 'done', deactivated: 1, skipped: 1 })
    expect([await statusOf(held), await statusOf(free)]).toEqual(['active', 'inactive'])
  })

  it('leaves a project whose domain somebody holds', async () => {
    const id = await rows.project({ ...idle, domains: [{ hostname: 'held.example', status: 'active' }] })
    const holder = await sql.reserve()
    await holder`begin`
    await holder`select from domain where project_id = ${id} for update`
    const run = await sweep()
    await holder`rollback`
    holder.release()
    expect(run).toMatchObject({ deactivated: 0, skipped: 1 })
    expect(await statusOf(id)).toBe('active')
  })

  it('traffic, an upgrade or an exemption that came before the lock wins', async () => {
    const visited = await rows.project(idle)
    const upgraded = await rows.project({ ...idle, team: await rows.team({ plan: 'free' }) })
    // The page of who is due was read; then the world changes; then the batch takes its locks.
    await sql`update project set last_traffic_at = now() at time zone 'utc' where id = ${visited}`
    await sql`update team_subscription set plan_id = (select id from subscription_plan where name = 'pay_as_you_go')`
    const [opened] = await sql<{ run: number }[]>`
      select vigie.start_run('sweep', ${sql.json({ ...database.origin })}) as run`
    const [batch] = await sql<{ batch: unknown }[]>`
      select vigie.sweep_batch(${opened?.run ?? 0}, null, 'deactivate', ${[visited, upgraded]}::varchar[]) as batch`
    expect(batch?.batch).toMatchObject({ moved: 0, busy: [] })
    expect([await statusOf(visited), await statusOf(upgraded)]).toEqual(['active', 'active'])
  })
})

describe('when something fails', () => {
  it('a run whose runner is gone is closed by the next one', async () => {
    const [gone] = await sql<{ id: number }[]>`
      insert into vigie.job_run (job, entry, machine, version, started_at, heartbeat_at)
      values ('sweep', 'console', 'gone', '0', now() - interval '1 hour', now() - interval '3 minutes') returning id`
    const [alive] = await sql<{ id: number }[]>`
      insert into vigie.job_run (job, entry, machine, version) values ('sweep', 'console', 'alive', '0') returning id`
    await sweep()
    expect(await readRun(sql, gone?.id ?? 0)).toMatchObject({ outcome: 'failed', error: { code: 'RUNNER_GONE' } })
    expect(await readRun(sql, alive?.id ?? 0)).toMatchObject({ outcome: null, isStale: false })
  })

  it('an error that every project would meet ends the run instead of trying each', async () => {
    for (let n = 0; n < 20; n += 1) await rows.project(idle)
    await sql.unsafe(`
      create or replace function full_disk() returns trigger language plpgsql as
      $$ begin raise exception 'no room' using errcode = 'disk_full'; end $$;
      create trigger full_disk before update on project for each row execute function full_disk()`)
    await expect(sweep().finally(() => sql`drop trigger full_disk on project`)).rejects.toMatchObject({ code: '53100' })
    const [run] = await sql<{ id: number }[]>`select max(id) as id from vigie.job_run`
    expect(await readRun(sql, run?.id ?? 0)).toMatchObject({ outcome: 'failed', deactivated: 0, failed: 0 })
  })

  it('splits a failing batch until the bad row stands alone, reports it, and goes on', async () => {
    const ids: string[] = []
    for (let n = 0; n < 20; n += 1) ids.push(await rows.project(idle))
    const bad = ids[13] ?? ''
    await sql.unsafe(`
      create or replace function refuse() returns trigger language plpgsql as
      $$ begin if new.id = '${bad}' then raise exception 'not this one' using errcode = 'check_violation'; end if; return new; end $$;
      create trigger refuse before update on project for each row execute function refuse()`)
    const run = await sweep({ batchSize: 8 }).finally(() => sql`drop trigger refuse on project`)
    expect(run).toMatchObject({ outcome: 'partial', deactivated: 19, failed: 1 })
    expect(run.failures).toMatchObject([{ projectId: bad, stage: 'deactivate', sqlstate: '23514' }])
    expect(await statusOf(bad)).toBe('active')
    expect(await sql`select from vigie.event where project_id = ${bad}`).toHaveLength(0)
  })

  it('is done when it is cancelled during the last batch, since nothing is left', async () => {
    await rows.project(idle)
    const stopping = new AbortController()
    const info = () => stopping.abort()
    const run = await sweepNow({ ...database, log: { ...database.log, info } }, { signal: stopping.signal })
    expect(stopping.signal.aborted).toBe(true)
    expect(run).toMatchObject({ outcome: 'done', deactivated: 1 })
  })

  it('ends between two batches when it is cancelled from outside, and the history says so', async () => {
    for (let n = 0; n < 30; n += 1) await rows.project(idle)
    const stopping = new AbortController()
    const run = await sweep({ batchSize: 10, signal: stopping.signal, onStart: () => stopping.abort() })
    expect(run).toMatchObject({ outcome: 'cancelled', deactivated: 0 })

    const again = await sweep({
      batchSize: 10,
      onStart: (runId) => void sql`select vigie.request_cancel(${runId})`.execute(),
    })
    expect(again.outcome).toBe('cancelled')
    expect(again.deactivated).toBeLessThan(30)
    expect(await readRun(sql, again.id)).toMatchObject({ isCancelRequested: true, outcome: 'cancelled' })
  })
})
