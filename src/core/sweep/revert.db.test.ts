import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { createRows, type ProjectSpec } from '../../main/database/testing/platform-rows.ts'
import { sweepNow } from '../../main/database/testing/sweep-now.ts'
import { createTestDatabase } from '../../main/database/testing/test-database.ts'
import { leaseMails, settleMails } from '../mail/outbox.ts'
import { projectStatuses } from '../project.ts'
import { readRun } from '../queries/runs.ts'
import { readTimeline } from '../queries/timeline.ts'
import { reactivateProject } from '../reactivate.ts'
import { recordTraffic } from '../traffic/record.ts'
import { checkRevert, type RevertRequest, revertSweep } from './revert.ts'

const database = await createTestDatabase({ maxConnections: 6 })
const { sql } = database
const rows = createRows(sql)
const signal = new AbortController().signal
const sweep = () => sweepNow(database)
const revert = (request: Partial<RevertRequest> & { runId: number }, batchSize = 100) =>
  revertSweep(database, { reason: 'The recorder was silent', ...request }, { signal, batchSize })

const idle: ProjectSpec = { lastTraffic: { days: 6 } }
const longAsleep: ProjectSpec = { status: 'inactive', lastTraffic: { days: 20 }, deactivated: { days: 8 } }

const nothingLeft = {
  code: 'RUN_NOT_REVERTIBLE',
  details: { why: 'nothing_left' },
}

/** All that a sweep changes, and what a revert must not change. */
async function readPlatform() {
  return {
    projects: await sql`
      select id, status, deactivated_at, last_traffic_at, reactivation_count, updated_at from project order by id`,
    domains: await sql`select id, status, updated_at from domain order by id`,
    sleepers: await sql`select * from vigie.sleeper order by project_id`,
    disabledDomains: await sql`select * from vigie.disabled_domain order by domain_id`,
  }
}

const statusOf = async (id: string) => (await sql`select status from project where id = ${id}`)[0]?.status
const domainsOf = async (id: string) =>
  (await sql<{ status: string }[]>`select status from domain where project_id = ${id} order by id`).map((d) => d.status)

beforeEach(async () => {
  await sql`truncate project, team, "user" cascade`
  await sql`truncate vigie.job_run, vigie.event, vigie.mail, vigie.sleeper, vigie.disabled_domain, vigie.seen`
  await sql`update vigie.policy set revert_days = 30`
})

describe('a revert', () => {
  it('gives the projects of both stages their former state, with event and without mail', async () => {
    const domains = [
      { hostname: 'one.example', status: 'active' as const },
      { hostname: 'two.example', status: 'disabled' as const },
    ]
    const awake = await rows.project({ ...idle, domains })
    const asleep = await rows.project(longAsleep)
    const before = await readPlatform()
    const run = await sweep()
    expect([await statusOf(awake), await statusOf(asleep)]).toEqual(['inactive', 'permanently_disabled'])

    const reverted = await revert({ runId: run.id, reason: ' The recorder was silent ' })
    expect(await readPlatform()).toEqual(before)
    expect(reverted).toMatchObject({
      job: 'revert',
      outcome: 'done',
      revertsRunId: run.id,
      reason: 'The recorder was silent',
      deactivated: 1,
      disabled: 1,
      skipped: 0,
      failed: 0,
      leftAlone: {},
    })
    const { events } = await readTimeline(sql, { projectId: awake, before: null, limit: 10 })
    expect(events.map(({ kind, runId, reason }) => ({ kind, runId, reason }))).toEqual([
      { kind: 'reverted', runId: reverted.id, reason: 'The recorder was silent' },
      { kind: 'deactivated', runId: run.id, reason: 'no_traffic' },
    ])
    expect(events[0]).toMatchObject({
      before: { status: 'inactive' },
      after: { status: 'active', deactivatedAt: null, domainsRestored: ['one.example'], revertedRunId: run.id },
    })
    expect(await sql`select template, status from vigie.mail order by template`).toEqual([
      { template: 'project-disabled', status: 'cancelled' },
      { template: 'project-permanently-disabled', status: 'cancelled' },
    ])
  })

  it('leaves mails that were sent as they are', async () => {
    await rows.project(idle)
    const run = await sweep()
    await sql`update vigie.mail set status = 'sent'`
    await revert({ runId: run.id })
    expect(await sql`select status from vigie.mail`).toEqual([{ status: 'sent' }])
  })

  it('leaves a mail to its sender that is under way, and says of the others why they were cancelled', async () => {
    const team = await rows.team({ owners: ['a@example.com', 'b@example.com'] })
    await rows.project({ ...idle, team })
    const run = await sweep()
    const lease = randomUUID()
    const { ids } = await leaseMails(sql, lease, 1)
    await revert({ runId: run.id })
    await settleMails(sql, lease, [{ id: ids[0] ?? 0, kind: 'sent', code: '250', message: 'taken' }])
    expect(await sql`select status, answer ->> 'code' as code from vigie.mail order by status`).toEqual([
      { status: 'cancelled', code: 'REVERTED' },
      { status: 'sent', code: '250' },
    ])
  })

  it('is refused the second time, and the run says still which one did it', async () => {
    await rows.project(idle)
    await rows.project(longAsleep)
    const run = await sweep()
    const reverted = await revert({ runId: run.id })
    const before = await readPlatform()
    await expect(revert({ runId: run.id })).rejects.toMatchObject(nothingLeft)
    expect(await checkRevert(sql, run.id)).toMatchObject({
      refusal: nothingLeft.details,
      leftAlone: { revertedBefore: 2 },
    })
    expect((await readRun(sql, run.id)).revertedByRunId).toBe(reverted.id)
    expect(await readPlatform()).toEqual(before)
    expect(await sql`select from vigie.event where kind = 'reverted'`).toHaveLength(2)
  })

  it('goes back through two sweeps, the later one first', async () => {
    const id = await rows.project({ ...idle, domains: [{ hostname: 'both.example', status: 'active' }] })
    const before = await readPlatform()
    const first = await sweep()
    // Eight days pass.
    await sql`update project set deactivated_at = deactivated_at - interval '8 days'`
    await sql`update vigie.sleeper set deactivated_at = deactivated_at - interval '8 days'`
    await sql`update vigie.event set after = after || jsonb_build_object('deactivatedAt',
      (select vigie.instant(p.deactivated_at) from project p where p.id = ${id}))`
    const second = await sweep()
    expect(await statusOf(id)).toBe('permanently_disabled')
    expect(await checkRevert(sql, first.id)).toMatchObject({ active: 0, leftAlone: { changed: 1 } })

    expect(await revert({ runId: second.id })).toMatchObject({ disabled: 1, leftAlone: {} })
    expect([await statusOf(id), await domainsOf(id)]).toEqual(['inactive', ['disabled']])
    expect(await revert({ runId: first.id })).toMatchObject({ deactivated: 1, leftAlone: {} })
    expect(await readPlatform()).toEqual(before)
  })

  it('works in batches, and is due again as long as nothing else is done', async () => {
    for (let n = 0; n < 25; n += 1) await rows.project(idle)
    const run = await sweep()
    expect(await revert({ runId: run.id }, 4)).toMatchObject({ deactivated: 25, outcome: 'done' })
    expect(await sweep()).toMatchObject({ deactivated: 25 })
  })

  it('takes back what a run did whose runner was gone', async () => {
    const id = await rows.project(idle)
    const run = await sweep()
    await sql`update vigie.job_run set finished_at = null, outcome = null, heartbeat_at = now() - interval '3 minutes'`
    expect(await revert({ runId: run.id })).toMatchObject({ deactivated: 1 })
    expect(await statusOf(id)).toBe('active')
    expect(await sql`select outcome from vigie.job_run where id = ${run.id}`).toEqual([{ outcome: 'failed' }])
  })
})

describe('is left alone', () => {
  it('what was reactivated since, also if it sleeps again', async () => {
    const team = await rows.team({ owners: ['owner@example.com'] })
    const awake = await rows.project({ ...idle, team })
    const again = await rows.project({ ...idle, team })
    const other = await rows.project(idle)
    const run = await sweep()
    for (const projectId of [awake, again]) {
      await reactivateProject(database, { projectId, onBehalfOf: 'owner@example.com', reason: 'Back' })
    }
    await sql`update project set last_traffic_at = last_traffic_at - interval '6 days' where id = ${again}`
    await sweep()
    expect(await checkRevert(sql, run.id)).toMatchObject({ active: 1, leftAlone: { reactivated: 2 } })
    expect(await revert({ runId: run.id })).toMatchObject({ deactivated: 1, leftAlone: { reactivated: 2 } })
    expect([await statusOf(awake), await statusOf(again), await statusOf(other)]).toEqual([
      'active',
      'inactive',
      'active',
    ])
  })

  it('what was changed, deleted or taken away outside', async () => {
    const paused = await rows.project(idle)
    const deleted = await rows.project(idle)
    const removed = await rows.project(idle)
    const redated = await rows.project(idle)
    const orphan = await rows.project(idle)
    const run = await sweep()
    await sql`update project set status = 'paused' where id = ${paused}`
    await sql`update project set status = 'deleted' where id = ${deleted}`
    await sql`delete from project where id = ${removed}`
    await sql`update project set deactivated_at = deactivated_at + interval '1 microsecond' where id = ${redated}`
    await sql`update team set status = 'deleted' where id = (select team_id from project where id = ${orphan})`
    const before = await readPlatform()
    const leftAlone = { changed: 2, gone: 2, teamDeleted: 1 }
    expect(await checkRevert(sql, run.id)).toMatchObject({ refusal: nothingLeft.details, leftAlone })
    await expect(revert({ runId: run.id })).rejects.toMatchObject(nothingLeft)
    expect(await readPlatform()).toEqual(before)
    await sql`update team set status = 'active'`
    expect(await revert({ runId: run.id })).toMatchObject({ deactivated: 1, leftAlone: { changed: 2, gone: 2 } })
  })

  it('a hostname that is active on another project by now, and a domain that was changed since', async () => {
    const domains = (['taken.example', 'free.example', 'failed.example'] as const).map((hostname) => ({
      hostname,
      status: 'active' as const,
    }))
    const id = await rows.project({ ...idle, domains })
    const run = await sweep()
    const other = await rows.project({ domains: [{ hostname: 'taken.example', status: 'active' }] })
    await sql`update domain set status = 'failed' where hostname = 'failed.example'`
    await revert({ runId: run.id })
    expect([await domainsOf(id), await domainsOf(other)]).toEqual([['disabled', 'active', 'failed'], ['active']])
    const { events } = await readTimeline(sql, { projectId: id, before: null, limit: 1 })
    expect(events[0]?.after).toMatchObject({ domainsRestored: ['free.example'], domainsLeft: ['taken.example'] })
  })

  it('what somebody holds, and says so', async () => {
    const held = await rows.project(idle)
    const domain = await rows.project({ ...idle, domains: [{ hostname: 'held.example', status: 'active' }] })
    const free = await rows.project(idle)
    const run = await sweep()
    const holder = await sql.reserve()
    await holder`begin`
    await holder`select from project where id = ${held} for update`
    await holder`select from domain where project_id = ${domain} for update`
    const reverted = await revert({ runId: run.id })
    await holder`rollback`
    holder.release()
    expect(reverted).toMatchObject({ deactivated: 1, skipped: 2, leftAlone: {} })
    expect([await statusOf(held), await statusOf(domain), await statusOf(free)]).toEqual([
      'inactive',
      'inactive',
      'active',
    ])
    expect(await revert({ runId: run.id })).toMatchObject({ deactivated: 2, leftAlone: { revertedBefore: 1 } })
  })
})

describe('is refused', () => {
  const code = (promise: Promise<unknown>) =>
    promise.then(
      () => null,
      (error) => ({ code: error.code, ...error.details }),
    )

  it('without a reason, or for a run that there is not', async () => {
    await rows.project(idle)
    const run = await sweep()
    expect(await code(revert({ runId: run.id, reason: ' \n' }))).toEqual({ code: 'REASON_REQUIRED' })
    expect(await code(revert({ runId: run.id, reason: 'x'.repeat(2_001) }))).toEqual({ code: 'REASON_TOO_LONG' })
    expect(await code(revert({ runId: run.id + 1 }))).toEqual({ code: 'RUN_NOT_FOUND' })
    expect(await code(checkRevert(sql, run.id + 1))).toEqual({ code: 'RUN_NOT_FOUND' })
    expect(await sql`select from vigie.job_run`).toHaveLength(1)
  })

  it.each([
    ['not_a_sweep', sql`job = 'cleanup'`],
    ['preview', sql`is_preview = true`],
    ['held', sql`outcome = 'held'`],
    ['running', sql`finished_at = null, outcome = null`],
    ['changed_nothing', sql`deactivated = 0`],
    ['too_old', sql`finished_at = now() - interval '30 days 1 second'`],
  ])('a run that is %s', async (why, change) => {
    await rows.project(idle)
    const run = await sweep()
    await sql`update vigie.job_run set ${change} where id = ${run.id}`
    expect(await code(revert({ runId: run.id }))).toEqual({ code: 'RUN_NOT_REVERTIBLE', why })
    expect(await checkRevert(sql, run.id)).toMatchObject({ refusal: { code: 'RUN_NOT_REVERTIBLE', why }, active: 0 })
    expect(await sql`select from vigie.job_run`).toHaveLength(1)
  })
})

it('two reverts, a reactivation and traffic at once: each project ends in one way', async () => {
  const team = await rows.team({ owners: ['owner@example.com'] })
  const ids: string[] = []
  for (let n = 0; n < 40; n += 1) {
    ids.push(
      await rows.project({ ...idle, team, domains: [{ hostname: `race-${n}.example`, status: 'active' as const }] }),
    )
  }
  const run = await sweep()
  const reactivations = ids.map((projectId) =>
    reactivateProject(database, { projectId, onBehalfOf: 'owner@example.com', reason: 'Back' }).catch(() => undefined),
  )
  const traffic = ids.map((_id, n) =>
    recordTraffic(database, { hostname: `race-${n}.example`, at: null, deployDomain: null }),
  )
  const reverts = [revert({ runId: run.id }, 3), revert({ runId: run.id }, 5)]
  await Promise.all([...reactivations, ...traffic, ...reverts])
  // Whatever they left to each other.
  const { refusal } = await checkRevert(sql, run.id)
  if (refusal === null) await revert({ runId: run.id })

  const ended = await sql<{ status: string; count: number; reactivated: number; reverted: number }[]>`
    select p.status, p.reactivation_count as count,
      (select count(*) from vigie.event e where e.project_id = p.id and e.kind = 'reactivated')::integer as reactivated,
      (select count(*) from vigie.event e where e.project_id = p.id and e.kind = 'reverted')::integer as reverted
    from project p`
  expect(ended).toHaveLength(40)
  for (const { status, count, reactivated, reverted } of ended) {
    expect([status, reactivated + reverted, count]).toEqual(['active', 1, reactivated])
  }
  expect(await sql`select distinct status from domain`).toEqual([{ status: 'active' }])
  expect(await sql`select from vigie.sleeper`).toHaveLength(0)
  expect(await sql`select from vigie.disabled_domain`).toHaveLength(0)
})

const someProject = fc.record({
  status: fc.constantFrom(...projectStatuses),
  plan: fc.constantFrom('none', 'free', 'paid', 'expired' as const),
  lastTraffic: fc.option(fc.record({ hours: fc.integer({ min: 0, max: 300 }) })),
  deactivated: fc.option(fc.record({ hours: fc.integer({ min: 0, max: 300 }) })),
  domains: fc.array(fc.constantFrom('pending', 'active', 'disabled', 'failed' as const), { maxLength: 3 }),
})

it('a sweep and its revert leave everything as it was (property)', async () => {
  let hostnames = 0
  await fc.assert(
    fc.asyncProperty(fc.array(someProject, { maxLength: 12 }), fc.integer({ min: 1, max: 7 }), async (specs, size) => {
      await sql`truncate project, team cascade`
      await sql`truncate vigie.job_run, vigie.event, vigie.mail, vigie.sleeper, vigie.disabled_domain, vigie.seen`
      for (const spec of specs) {
        const domains = spec.domains.map((status) => {
          hostnames += 1
          return { hostname: `host-${hostnames}.example`, status }
        })
        await rows.project({ ...spec, domains, team: await rows.team({ plan: spec.plan, owners: ['o@example.com'] }) })
      }
      const before = await readPlatform()
      const run = await sweep()
      const { active, inactive, leftAlone } = await checkRevert(sql, run.id)
      expect({ active, inactive, leftAlone }).toEqual({
        active: run.deactivated,
        inactive: run.disabled,
        leftAlone: {},
      })
      if (active + inactive > 0) {
        const reverted = await revert({ runId: run.id }, size)
        expect(reverted).toMatchObject({ deactivated: run.deactivated, disabled: run.disabled, leftAlone: {} })
      }
      expect(await readPlatform()).toEqual(before)
      expect(await sql`select from vigie.changed() c where not c.is_new`).toHaveLength(0)
    }),
    { numRuns: 40 },
  )
})
