import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import { createRows } from '../../main/database/testing/platform-rows.ts'
import { createTestDatabase } from '../../main/database/testing/test-database.ts'
import { readRun } from '../queries/runs.ts'
import { readBrakeFigures } from './brakes.ts'
import { closeHold, readOpenGap, readOpenHold, resolveGap } from './holds.ts'
import { revertSweep } from './revert.ts'
import { runReleasedHold, runSweep, type SweepOptions } from './run.ts'

const database = await createTestDatabase()
const { sql } = database
const rows = createRows(sql)

const sweep = (options: Partial<SweepOptions> = {}) =>
  runSweep(database, {
    signal: new AbortController().signal,
    batchSize: 10,
    runner: randomUUID(),
    overrideReason: null,
    ...options,
  })
const release = (holdId: number) =>
  runReleasedHold(database, {
    holdId,
    reason: 'checked with the platform',
    signal: new AbortController().signal,
    batchSize: 10,
    runner: randomUUID(),
  })

/** Twenty active projects, three of them due, and nobody saw any traffic for a day. */
async function makeSilent(): Promise<string[]> {
  const due: string[] = []
  for (let n = 0; n < 20; n += 1) {
    const id = await rows.project({ lastTraffic: { days: n < 3 ? 6 : 2 } })
    if (n < 3) due.push(id)
  }
  return due.sort()
}

const readFigures = async () =>
  (await readBrakeFigures(sql, { teams: null, isUnattended: false, flushAskedAt: null })).figures

const asleep = async () =>
  (await sql<{ id: string }[]>`select id from project where status = 'inactive' order by id`).map(({ id }) => id)

beforeEach(async () => {
  await sql`truncate project, team, "user" cascade`
  await sql`truncate vigie.job_run, vigie.event, vigie.mail, vigie.sleeper, vigie.disabled_domain, vigie.hold,
    vigie.run_project, vigie.gap`
})

describe('a brake', () => {
  it('stops a sweep before anything is written, and keeps its exact list', async () => {
    const due = await makeSilent()
    const { run, hold } = await sweep()
    expect(run).toMatchObject({ outcome: 'held', deactivated: 0 })
    expect(hold).toMatchObject({
      status: 'open',
      deactivated: 3,
      disabled: 0,
      isExpired: false,
      brakes: [{ brake: 'recorder_silent', activeProjects: 20, hours: 24 }],
    })
    expect(await asleep()).toEqual([])
    expect(await sql`select project_id from vigie.run_project where run_id = ${run.id} order by 1`).toEqual(
      due.map((project_id) => ({ project_id })),
    )
    expect(await sql`select kind from vigie.event`).toEqual([{ kind: 'held' }])
    expect(await readOpenHold(sql)).toEqual(hold)
  })

  it('is not released by a reactivation that looks like traffic', async () => {
    await makeSilent()
    const owner = (await sql<{ email: string }[]>`select email from "user" limit 1`)[0]?.email ?? ''
    const sleeper = await rows.project({
      team: await rows.team({ owners: [owner] }),
      status: 'inactive',
      lastTraffic: { days: 9 },
      deactivated: { days: 2 },
    })
    await sql`select vigie.reactivate(${sleeper}, ${owner}, 'asked by phone', ${sql.json({ ...database.origin })})`
    expect((await readFigures()).hasTraffic).toBe(false)
    await sql`update project set last_traffic_at = now() at time zone 'utc' where id = ${sleeper}`
    expect((await readFigures()).hasTraffic).toBe(true)
  })

  it('is overridden with a reason, which is kept; the hold before it is superseded', async () => {
    const due = await makeSilent()
    const { hold } = await sweep()
    const { run } = await sweep({ overrideReason: 'the recorder was replaced' })
    expect(run).toMatchObject({ outcome: 'done', deactivated: 3 })
    expect(await asleep()).toEqual(due)
    expect(await sql`select status from vigie.hold where id = ${hold?.id ?? 0}`).toEqual([{ status: 'superseded' }])
    expect(await sql`select reason from vigie.job_run where id = ${run.id}`).toEqual([
      { reason: 'the recorder was replaced' },
    ])
  })

  it('after a gap holds until a person has looked', async () => {
    await rows.project({ lastTraffic: { days: 6 } })
    await sql`insert into vigie.gap (last_heartbeat_at) values (now() - interval '2 days')`
    const { hold } = await sweep()
    expect(hold?.brakes).toMatchObject([{ brake: 'after_a_gap' }])
    await closeHold(database, { holdId: hold?.id ?? 0, decision: 'dismissed', reason: 'seen', runner: randomUUID() })
    expect((await sweep()).hold).toBeNull()
  })
})

describe('the median of the last sweeps', () => {
  const median = async () => (await readFigures()).median.deactivate
  const overridden = () => sweep({ overrideReason: 'a test' })

  it('does not count those that a person started with nothing due, but ticks', async () => {
    await makeSilent()
    await overridden()
    for (let n = 0; n < 3; n += 1) await overridden()
    expect(await median()).toBe(3)
    await sql`
      insert into vigie.job_run (job, tick, entry, machine, version, finished_at, outcome)
      select 'sweep', date_trunc('day', now()) - make_interval(days => n), 'agent', 'm', '0', now(), 'done'
      from generate_series(1, 2) as n`
    expect(await median()).toBe(0)
  })

  it('does not count one that was taken back', async () => {
    await makeSilent()
    const { run } = await overridden()
    expect(await median()).toBe(3)
    await revertSweep(database, { runId: run.id, reason: 'wrong' }, { signal: new AbortController().signal })
    expect(await median()).toBeNull()
  })
})

describe('another sweeper', () => {
  const noteOutside = (age: string) => sql`
    insert into vigie.event (created_at, kind, project_id, entry, machine, version, before, after)
    select now() - ${age}::interval, 'changed_outside', 'a', 'agent', 'm', '0', '{"status": "active"}', '{"status": "inactive"}'`
  const changedOutside = async () => (await readFigures()).changedOutside

  it('is seen by the first sweep of all, and until one was done', async () => {
    await rows.project({ lastTraffic: { days: 6 } })
    await sql`select vigie.ensure_partitions(now() - interval '9 days')`
    await noteOutside('9 days')
    expect(await changedOutside()).toBe(1)
    const { hold } = await sweep()
    expect(hold?.brakes).toEqual([{ brake: 'changed_outside', projects: 1 }])
    expect(await changedOutside()).toBe(1)
    await release(hold?.id ?? 0)
    expect(await changedOutside()).toBe(0)
    await noteOutside('0')
    expect(await changedOutside()).toBe(1)
  })
})

it('while sweeps are paused, none starts, and a hold stays open to be released later', async () => {
  const due = await makeSilent()
  const { hold } = await sweep()
  await sql`insert into vigie.pause (part, reason) values ('sweep', 'an incident')`
  try {
    await expect(sweep({ overrideReason: 'all the same' })).rejects.toMatchObject({ code: 'SWEEP_PAUSED' })
    await expect(release(hold?.id ?? 0)).rejects.toMatchObject({ code: 'SWEEP_PAUSED' })
  } finally {
    await sql`delete from vigie.pause`
  }
  expect(await readOpenHold(sql)).toEqual(hold)
  expect(await sql`select from vigie.job_run`).toHaveLength(1)
  expect((await release(hold?.id ?? 0)).run).toMatchObject({ deactivated: due.length })
})

it('a gap alone is resolved by a person, with a reason on record', async () => {
  await expect(resolveGap(database, 'nothing there')).rejects.toMatchObject({ code: 'HOLD_NOT_FOUND' })
  await sql`insert into vigie.gap (last_heartbeat_at) values (now() - interval '2 days')`
  expect(await readOpenGap(sql)).not.toBeNull()
  await expect(resolveGap(database, ' ')).rejects.toMatchObject({ code: 'REASON_REQUIRED' })
  await expect(resolveGap(database, 'x'.repeat(2_001))).rejects.toMatchObject({ code: 'REASON_TOO_LONG' })
  await resolveGap(database, 'a planned move of the servers')
  expect(await readOpenGap(sql)).toBeNull()
  expect(await sql`select kind, reason from vigie.event`).toEqual([
    { kind: 'gap_resolved', reason: 'a planned move of the servers' },
  ])
})

describe('a hold', () => {
  it('is released: exactly its list, each project checked again', async () => {
    const [first = '', ...others] = await makeSilent()
    const { hold } = await sweep()
    await sql`update project set last_traffic_at = now() at time zone 'utc' where id = ${first}`
    const late = await rows.project({ lastTraffic: { days: 7 } })
    const { run } = await release(hold?.id ?? 0)
    expect(run).toMatchObject({ outcome: 'done', deactivated: 2 })
    expect(await asleep()).toEqual(others)
    expect(await sql`select status from project where id = ${late}`).toEqual([{ status: 'active' }])
    expect(await readOpenHold(sql)).toBeNull()
    await expect(release(hold?.id ?? 0)).rejects.toMatchObject({ code: 'HOLD_NOT_FOUND' })
  })

  it('is accounted for in full when it is released, and the two runs know each other', async () => {
    const [visited = '', removed = '', ...others] = await makeSilent()
    const { run: held, hold } = await sweep()
    await sql`update project set last_traffic_at = now() at time zone 'utc' where id = ${visited}`
    await sql`delete from project where id = ${removed}`
    const { run } = await release(hold?.id ?? 0)
    expect(run).toMatchObject({ deactivated: others.length, skipped: 0, leftAlone: { noLongerDue: 1, gone: 1 } })
    expect(run).toMatchObject({ releasesRunId: held.id, releasedByRunId: null, hold: null })
    expect(await readRun(sql, held.id)).toMatchObject({
      releasesRunId: null,
      releasedByRunId: run.id,
      hold: { id: hold?.id, status: 'released', deactivated: 3, disabled: 0 },
    })
  })

  it('that nobody released leaves a sweep with nothing left alone', async () => {
    await makeSilent()
    expect((await sweep({ overrideReason: 'a test' })).run).toMatchObject({ leftAlone: {}, hold: null })
  })

  it('is dismissed with a reason: nothing is done', async () => {
    await makeSilent()
    const { hold } = await sweep()
    const decide = (reason: string) =>
      closeHold(database, { holdId: hold?.id ?? 0, decision: 'dismissed', reason, runner: randomUUID() })
    await expect(decide('  ')).rejects.toMatchObject({ code: 'REASON_REQUIRED' })
    await decide('a test of the recorder')
    expect(await asleep()).toEqual([])
    expect(await sql`select kind, reason from vigie.event order by id desc limit 1`).toEqual([
      { kind: 'hold_dismissed', reason: 'a test of the recorder' },
    ])
  })

  it('older than 72 hours can only be dismissed', async () => {
    await makeSilent()
    const { hold } = await sweep()
    await sql`update vigie.hold set expires_at = now()`
    await expect(release(hold?.id ?? 0)).rejects.toMatchObject({ code: 'HOLD_EXPIRED' })
    expect(await readOpenHold(sql)).toMatchObject({ isExpired: true })
    await closeHold(database, { holdId: hold?.id ?? 0, decision: 'dismissed', reason: 'too old', runner: randomUUID() })
    expect(await readOpenHold(sql)).toBeNull()
  })

  it('is one at a time: a newer one supersedes it', async () => {
    await makeSilent()
    await sweep()
    const { hold } = await sweep()
    expect(await sql`select status from vigie.hold order by id`).toEqual([{ status: 'superseded' }, { status: 'open' }])
    expect(await readOpenHold(sql)).toEqual(hold)
  })
})
