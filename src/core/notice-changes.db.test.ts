import { beforeEach, describe, expect, it } from 'vitest'
import { createRows, type ProjectSpec } from '../main/database/testing/platform-rows.ts'
import { sweepNow } from '../main/database/testing/sweep-now.ts'
import { createTestDatabase } from '../main/database/testing/test-database.ts'
import { noticeChanges } from './notice-changes.ts'
import { readProject } from './queries/project.ts'
import { reactivateProject } from './reactivate.ts'
import { revertSweep } from './sweep/revert.ts'
import { recordTraffic } from './traffic/record.ts'

const database = await createTestDatabase({ maxConnections: 6 })
const { sql } = database
const rows = createRows(sql)
const signal = new AbortController().signal
const sweep = () => sweepNow(database)
const notice = () => noticeChanges(database, { batchSize: 7, pageSize: 10 })
const nothing = { firstSeen: 0, changed: 0, clocksRestarted: 0, woken: 0, mailsQueued: 0, failed: 0 }

const asleep: ProjectSpec = { status: 'inactive', lastTraffic: { days: 9 }, deactivated: { days: 3 } }

const events = (projectId: string) =>
  sql<{ kind: string; before: Record<string, unknown>; after: Record<string, unknown> }[]>`
    select kind, before, after from vigie.event where project_id = ${projectId} order by id`

async function isClockFresh(id: string) {
  const [row] = await sql<{ isFresh: boolean }[]>`
    select last_traffic_at > (now() at time zone 'utc') - interval '1 minute' as "isFresh" from project where id = ${id}`
  return row?.isFresh ?? false
}

async function outsideDeactivations() {
  const [row] = await sql<{ count: number }[]>`
    select vigie.outside_deactivations(now() - interval '1 hour') as count`
  return row?.count
}

beforeEach(async () => {
  await sql`truncate project, team, "user" cascade`
  await sql`truncate vigie.job_run, vigie.event, vigie.mail, vigie.sleeper, vigie.disabled_domain, vigie.seen`
  await sql`update vigie.policy set is_upgraded_woken = true, is_lapsed_paid_swept = false, is_reactivation_mailed = false`
})

describe('what is noticed', () => {
  it('nothing the first time, nor while nothing happens', async () => {
    for (let n = 0; n < 25; n += 1) await rows.project(n % 2 === 0 ? asleep : {})
    const before = await sql`select * from project order by id`
    expect(await notice()).toEqual({ ...nothing, firstSeen: 25 })
    expect(await notice()).toEqual(nothing)
    expect(await sql`select from vigie.event`).toHaveLength(0)
    expect(await sql`select * from project order by id`).toEqual(before)
  })

  it('nothing that Vigie does itself', async () => {
    const team = await rows.team({ owners: ['owner@example.com'] })
    const woken = await rows.project({ team, lastTraffic: { days: 6 } })
    await rows.project({ lastTraffic: { days: 6 } })
    await rows.project({ ...asleep, deactivated: { days: 8 } })
    await rows.project({ lastTraffic: { hours: 1 }, domains: [{ hostname: 'seen.example', status: 'active' }] })
    await notice()
    const run = await sweep()
    await reactivateProject(database, { projectId: woken, onBehalfOf: 'owner@example.com', reason: 'Back' })
    await recordTraffic(database, { hostname: 'seen.example', at: null, deployDomain: null })
    expect(await notice()).toEqual(nothing)
    await revertSweep(database, { runId: run.id, reason: 'Wrong' }, { signal })
    expect(await notice()).toEqual(nothing)
  })

  it('nothing that Vigie did to a project that it had not seen yet', async () => {
    await rows.project({ lastTraffic: { days: 6 } })
    await sweep()
    expect(await notice()).toEqual(nothing)
  })

  it('another sweeper, once, and how often', async () => {
    const slept = await rows.project({ lastTraffic: { days: 6 } })
    const gone = await rows.project(asleep)
    const paused = await rows.project()
    await notice()
    await sql`update project set status = 'inactive', deactivated_at = now() at time zone 'utc' where id = ${slept}`
    await sql`update project set status = 'permanently_disabled' where id = ${gone}`
    await sql`update project set status = 'paused' where id = ${paused}`
    expect(await notice()).toEqual({ ...nothing, changed: 3 })
    expect(await notice()).toEqual(nothing)
    expect(await events(slept)).toMatchObject([
      {
        kind: 'changed_outside',
        before: { status: 'active', planKind: 'free', deactivatedAt: null },
        after: { status: 'inactive', planKind: 'free', deactivatedAt: expect.stringMatching(/Z$/) },
      },
    ])
    expect(await outsideDeactivations()).toBe(2)
    expect((await readProject(sql, slept)).timeline.events).toMatchObject([{ kind: 'changed_outside', entry: 'cli' }])
  })

  it('not what somebody holds; the next time', async () => {
    const id = await rows.project()
    await notice()
    await sql`update project set status = 'paused' where id = ${id}`
    const holder = await sql.reserve()
    await holder`begin`
    await holder`select from project where id = ${id} for update`
    expect(await notice()).toEqual(nothing)
    await holder`rollback`
    holder.release()
    expect(await notice()).toEqual({ ...nothing, changed: 1 })
  })

  it('each change once, by several at a time', async () => {
    for (let n = 0; n < 40; n += 1) await rows.project(asleep)
    await Promise.all([notice(), notice(), notice()])
    expect(await sql`select from vigie.seen`).toHaveLength(40)
    await sql`update project set status = 'active', deactivated_at = null, reactivation_count = 1`
    await Promise.all([notice(), notice(), notice()])
    expect(await sql`select project_id from vigie.event group by 1 having count(*) = 1`).toHaveLength(40)
  })
})

describe('the clock restarts', () => {
  it.each(['inactive', 'permanently_disabled', 'paused', 'deleted'] as const)(
    'when a project comes back from %s, so that no sweep takes it',
    async (status) => {
      const id = await rows.project({ ...asleep, status, lastTraffic: { days: 30 } })
      await notice()
      await sql`update project set status = 'active', deactivated_at = null`
      // Also before it was noticed.
      expect(await sweep()).toMatchObject({ deactivated: 0 })
      expect(await notice()).toEqual({ ...nothing, changed: 1, clocksRestarted: 1 })
      expect(await isClockFresh(id)).toBe(true)
      expect(await sweep()).toMatchObject({ deactivated: 0 })
      expect(await events(id)).toMatchObject([
        { before: { status, lastTrafficAt: expect.any(String) }, after: { lastTrafficAt: expect.any(String) } },
      ])
    },
  )

  it('when it slept and was woken between two looks', async () => {
    const id = await rows.project({ lastTraffic: { days: 30 } })
    await notice()
    await sql`update project set reactivation_count = 1`
    expect(await notice()).toMatchObject({ changed: 1, clocksRestarted: 1 })
    expect(await isClockFresh(id)).toBe(true)
  })

  it('when its team falls back to the free plan', async () => {
    const id = await rows.project({ lastTraffic: { days: 30 }, team: await rows.team({ plan: 'paid' }) })
    await notice()
    await rows.plan(id, 'free')
    expect(await sweep()).toMatchObject({ deactivated: 0 })
    expect(await notice()).toEqual({ ...nothing, changed: 1, clocksRestarted: 1 })
    expect(await isClockFresh(id)).toBe(true)
    expect(await events(id)).toMatchObject([{ before: { planKind: 'paid' }, after: { planKind: 'free' } }])
  })

  it('when a plan lapses that protects no more', async () => {
    const id = await rows.project({ lastTraffic: { days: 30 }, team: await rows.team({ plan: 'paid' }) })
    await notice()
    await rows.plan(id, 'expired')
    expect(await notice()).toEqual({ ...nothing, changed: 1 })
    await rows.plan(id, 'paid')
    await notice()
    await sql`update vigie.policy set is_lapsed_paid_swept = true`
    await rows.plan(id, 'expired')
    expect(await notice()).toEqual({ ...nothing, changed: 1, clocksRestarted: 1 })
  })

  it('but never back, and not for what stays asleep or belongs to a deleted team', async () => {
    const visited = await rows.project({ status: 'paused' })
    await sql`update project set last_traffic_at = (now() at time zone 'utc') + interval '1 hour'`
    const sleeper = await rows.project({ ...asleep, team: await rows.team({ plan: 'expired' }) })
    const orphan = await rows.project({ ...asleep, team: await rows.team({ isDeleted: true }) })
    await notice()
    const before = await sql`select id, last_traffic_at from project order by id`
    await sql`update project set status = 'active' where id in (${visited}, ${orphan})`
    await rows.plan(sleeper, 'free')
    expect(await notice()).toMatchObject({ changed: 3, clocksRestarted: 1 })
    expect(await sql`select id, last_traffic_at from project order by id`).toEqual(before)
  })
})

describe('an upgrade', () => {
  it('wakes what Vigie put to sleep, with domains, event and mail, and is no reactivation', async () => {
    const team = await rows.team({ owners: ['a@example.com', 'b@example.com'] })
    const domains = [
      { hostname: 'mine.example', status: 'active' as const },
      { hostname: 'owners.example', status: 'disabled' as const },
      { hostname: 'taken.example', status: 'active' as const },
    ]
    const id = await rows.project({ team, lastTraffic: { days: 6 }, domains })
    await sweep()
    await rows.project({ domains: [{ hostname: 'taken.example', status: 'active' }] })
    await notice()
    await rows.plan(id, 'paid')
    expect(await notice()).toEqual({ ...nothing, changed: 1, woken: 1, mailsQueued: 2 })
    expect(await notice()).toEqual(nothing)

    expect(await sql`select status, deactivated_at, reactivation_count from project where id = ${id}`).toEqual([
      { status: 'active', deactivated_at: null, reactivation_count: 0 },
    ])
    expect(await isClockFresh(id)).toBe(true)
    expect(await sql`select status from domain where project_id = ${id} order by id`).toEqual([
      { status: 'active' },
      { status: 'disabled' },
      { status: 'disabled' },
    ])
    expect((await events(id)).slice(1)).toMatchObject([
      {
        kind: 'woken_by_upgrade',
        before: { status: 'inactive', planKind: 'free' },
        after: {
          status: 'active',
          planKind: 'paid',
          domainsRestored: ['mine.example'],
          domainsLeft: ['taken.example'],
          isFirstVersionSleeper: false,
        },
      },
    ])
    expect(
      await sql`select address, status from vigie.mail where template = 'project-reactivated' order by address`,
    ).toEqual([
      { address: 'a@example.com', status: 'queued' },
      { address: 'b@example.com', status: 'queued' },
    ])
    expect(await sql`select from vigie.sleeper`).toHaveLength(0)
    expect((await readProject(sql, id)).timeline.events[0]?.mailTo).toEqual(['a@example.com', 'b@example.com'])
  })

  it('tells of both if the project was put to sleep outside meanwhile', async () => {
    const id = await rows.project()
    await notice()
    await sql`update project set status = 'inactive', deactivated_at = now() at time zone 'utc'`
    await rows.plan(id, 'paid')
    expect(await notice()).toMatchObject({ changed: 1, woken: 1 })
    expect((await events(id)).map((event) => event.kind)).toEqual(['changed_outside', 'woken_by_upgrade'])
    expect(await outsideDeactivations()).toBe(1)
  })

  it.each([
    ['what is permanently disabled', { ...asleep, status: 'permanently_disabled' as const }, true],
    ['what is paused', { ...asleep, status: 'paused' as const }, true],
    ['anything if the policy says so', asleep, false],
  ])('does not wake %s', async (_name, spec, isUpgradedWoken) => {
    const id = await rows.project(spec)
    await notice()
    await sql`update vigie.policy set is_upgraded_woken = ${isUpgradedWoken}`
    await rows.plan(id, 'paid')
    const before = await sql`select * from project`
    expect(await notice()).toEqual({ ...nothing, changed: 1 })
    expect(await sql`select * from project`).toEqual(before)
    expect(await events(id)).toMatchObject([{ kind: 'changed_outside', after: { planKind: 'paid' } }])
    expect(await sql`select from vigie.mail`).toHaveLength(0)
  })

  it('does not stand in the way of taking a sweep back', async () => {
    const id = await rows.project({ ...asleep, deactivated: { days: 8 } })
    await notice()
    const run = await sweep()
    await rows.plan(id, 'paid')
    await notice()
    const reverted = await revertSweep(database, { runId: run.id, reason: 'Wrong' }, { signal })
    expect(reverted).toMatchObject({ disabled: 1, leftAlone: {} })
  })

  it('and a reactivation at the same time wake it once', async () => {
    for (let round = 0; round < 8; round += 1) {
      const team = await rows.team({ owners: [`race-${round}@example.com`] })
      const id = await rows.project({ ...asleep, team })
      await notice()
      await rows.plan(id, 'paid')
      await Promise.all([
        notice(),
        reactivateProject(database, { projectId: id, onBehalfOf: `race-${round}@example.com`, reason: 'Back' }).catch(
          () => undefined,
        ),
        notice(),
      ])
      await notice()
      const woken = (await events(id)).filter(({ kind }) => kind === 'woken_by_upgrade' || kind === 'reactivated')
      expect(woken).toHaveLength(1)
      expect(await sql`select status from project where id = ${id}`).toEqual([{ status: 'active' }])
    }
  })
})

it('a person’s reactivation is mailed if the policy says so', async () => {
  const team = await rows.team({ owners: ['owner@example.com'] })
  const request = { onBehalfOf: 'owner@example.com', reason: 'Back' }
  await reactivateProject(database, { ...request, projectId: await rows.project({ ...asleep, team }) })
  expect(await sql`select from vigie.mail`).toHaveLength(0)
  await sql`update vigie.policy set is_reactivation_mailed = true`
  const projectId = await rows.project({ ...asleep, team })
  await reactivateProject(database, { ...request, projectId })
  expect(await sql`select template, address, project_id from vigie.mail`).toEqual([
    { template: 'project-reactivated', address: 'owner@example.com', project_id: projectId },
  ])
  expect((await readProject(sql, projectId)).timeline.events[0]?.mailTo).toEqual(['owner@example.com'])
})
