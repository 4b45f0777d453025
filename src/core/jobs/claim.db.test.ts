import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import { createRows } from '../../main/database/testing/platform-rows.ts'
import { createTestDatabase } from '../../main/database/testing/test-database.ts'
import { addDays } from '../instant.ts'
import { listKept } from '../queries/kept-list.ts'
import { readRun } from '../queries/runs.ts'
import { runReleasedHold } from '../sweep/run.ts'
import { runTickSweep } from '../sweep/run-tick.ts'
import { claimLastTick, readSchedules } from './claim.ts'
import { lastTick } from './ticks.ts'

const database = await createTestDatabase({ maxConnections: 8 })
const { sql } = database
const rows = createRows(sql)
const claim = (job: 'sweep' | 'counts' = 'sweep') => claimLastTick(database, { job, runner: randomUUID() })
const options = { signal: new AbortController().signal, batchSize: 100 }

/** A schedule whose last tick was some minutes ago, by the database's clock. */
async function scheduleMinutesAgo(minutes: number): Promise<void> {
  await sql`
    update vigie.policy set sweep_schedule =
      to_char((now() at time zone 'utc') - make_interval(mins => ${minutes}), '"" FMMI FMHH24 * * *')`
}

beforeEach(async () => {
  await sql`truncate project, team, "user" cascade`
  await sql`truncate vigie.job_run, vigie.event, vigie.mail, vigie.sleeper, vigie.disabled_domain, vigie.pause, vigie.hold,
    vigie.run_project`
  await sql`update vigie.policy set sweep_mode = 'on', canary_team_ids = '{}', many_projects = 200,
    many_percent = 20, is_watch_required = false`
  await sql`update vigie.migration set applied_at = now() - interval '3 days'`
  await scheduleMinutesAgo(5)
})

describe('a tick', () => {
  it('is claimed by one of many, once', async () => {
    const claims = await Promise.all(Array.from({ length: 12 }, () => claim()))
    expect(claims.filter((won) => won !== null)).toHaveLength(1)
    const [before] = await sql`select last_value as number from vigie.job_run_id_seq`
    for (let time = 0; time < 5; time += 1) expect(await claim()).toBeNull()
    expect(await sql`select last_value as number from vigie.job_run_id_seq`).toEqual([before])
  })

  it('of a job is none of another', async () => {
    await sql`update vigie.policy set counts_schedule = sweep_schedule`
    expect(await claim('sweep')).not.toBeNull()
    expect(await claim('counts')).not.toBeNull()
  })

  it('is caught up when it is less than 20 hours old, not later', async () => {
    await scheduleMinutesAgo(19 * 60)
    expect(await claim()).not.toBeNull()
    await sql`truncate vigie.job_run`
    await scheduleMinutesAgo(21 * 60)
    expect(await claim()).toBeNull()
  })

  it('from before the first migration was not missed', async () => {
    await sql`update vigie.migration set applied_at = now() - interval '1 minute'`
    expect(await claim()).toBeNull()
  })

  it('is not claimed while sweeps are paused or off, and is when they go on', async () => {
    await sql`insert into vigie.pause (part, reason) values ('sweep', 'an incident')`
    expect(await claim()).toBeNull()
    await sql`truncate vigie.pause`
    await sql`update vigie.policy set sweep_mode = 'off'`
    expect(await claim()).toBeNull()
    await sql`update vigie.policy set sweep_mode = 'observe'`
    expect(await claim()).not.toBeNull()
  })

  it('comes once on a UTC day, also after the schedule was changed', async () => {
    const { schedules, now } = await readSchedules(sql)
    const first = await claim()
    expect(first?.tick).toBe(lastTick(schedules.sweep, now))
    await scheduleMinutesAgo(2)
    const second = await claim()
    // Three minutes apart they are of one day, but for the three minutes after midnight.
    if (first?.tick.slice(0, 10) === (await readSchedules(sql)).now.slice(0, 10)) expect(second).toBeNull()
  })

  it('whose runner died is taken over after two minutes, and its first runner is refused', async () => {
    const project = await rows.project({ lastTraffic: { days: 6 } })
    const first = await claim()
    if (first === null) throw new Error('the tick should have been claimed')
    expect(await claim()).toBeNull()
    await sql`update vigie.job_run set heartbeat_at = now() - interval '121 seconds'`
    const second = await claim()
    expect(second).toMatchObject({ runId: first.runId, isTakenOver: true })
    await expect(runTickSweep(database, first, options)).rejects.toMatchObject({ code: 'CLAIM_LOST' })
    expect(await readRun(sql, first.runId)).toMatchObject({ outcome: null })
    const { run } = await runTickSweep(database, second ?? first, options)
    expect(run).toMatchObject({ outcome: 'done', deactivated: 1 })
    expect(await sql`select status from project where id = ${project}`).toEqual([{ status: 'inactive' }])
  })
})

describe('a clock', () => {
  it('that is set back by an hour runs no tick again', async () => {
    const first = await claim()
    // The database's clock goes back: by it the tick is to come in 55 minutes, and has been run.
    await scheduleMinutesAgo(-55)
    await sql`update vigie.job_run set tick = tick + interval '1 hour', finished_at = now(), outcome = 'done'`
    expect(await claim()).toBeNull()
    // It comes for the second time.
    await sql`update vigie.job_run set tick = tick - interval '1 hour'`
    await scheduleMinutesAgo(5)
    expect((await claim())?.tick).not.toBe(first?.tick)
    const ticks = await sql`select from vigie.job_run where tick = ${first?.tick ?? ''}::text::timestamptz`
    expect(ticks).toHaveLength(1)
  })

  it('that jumps ahead by more than 20 hours leaves a run open, which the next one closes', async () => {
    const first = await claim()
    await sql`update vigie.job_run set tick = tick - interval '1 day', heartbeat_at = now() - interval '1 day'`
    const second = await claim()
    expect(second).toMatchObject({ isTakenOver: false })
    expect(await readRun(sql, first?.runId ?? 0)).toMatchObject({ outcome: 'failed', error: { code: 'RUNNER_GONE' } })
    expect(await readRun(sql, second?.runId ?? 0)).toMatchObject({ outcome: null })
  })
})

describe('a sweep that nobody watches', () => {
  const claimNow = async () => {
    const won = await claim()
    if (won === null) throw new Error('the tick should have been claimed')
    return won
  }

  it('only keeps its list while it observes', async () => {
    const project = await rows.project({ lastTraffic: { days: 6 } })
    await sql`update vigie.policy set sweep_mode = 'observe'`
    const { run } = await runTickSweep(database, await claimNow(), options)
    expect(run).toMatchObject({ outcome: 'done', isPreview: true, deactivated: 1, disabled: 0 })
    expect(await sql`select status from project`).toEqual([{ status: 'active' }])
    expect(await sql`select stage, project_id from vigie.run_project where run_id = ${run.id}`).toEqual([
      { stage: 'deactivate', project_id: project },
    ])
    expect(await sql`select id from vigie.event`).toEqual([])
  })

  it('whose list is newer than a held one takes its place', async () => {
    await rows.project({ lastTraffic: { days: 6 } })
    await sql`update vigie.policy set many_projects = 0, many_percent = 0`
    const { hold } = await runTickSweep(database, await claimNow(), options)
    await sql`update vigie.job_run set tick = tick - interval '1 day'`
    await sql`update vigie.policy set sweep_mode = 'observe', many_percent = 20`
    await runTickSweep(database, await claimNow(), options)
    expect(await sql`select id, status from vigie.hold`).toEqual([{ id: hold?.id, status: 'superseded' }])
  })

  it('is given up when its process ends, and goes on where it stopped as soon as somebody looks', async () => {
    for (let n = 0; n < 3; n += 1) await rows.project({ lastTraffic: { days: 6 } })
    const first = await claimNow()
    const ending = new AbortController()
    const log = { ...database.log, info: () => ending.abort() }
    const givenUp = await runTickSweep({ ...database, log }, first, { signal: ending.signal, batchSize: 1 })
    expect(givenUp.run).toMatchObject({ outcome: null, deactivated: 1 })
    const second = await claimNow()
    expect(second).toMatchObject({ runId: first.runId, isTakenOver: true })
    const { run } = await runTickSweep(database, second, options)
    expect(run).toMatchObject({ id: first.runId, outcome: 'done', deactivated: 3 })
  })

  it('is held until an intake has watched for as long as a project may be unvisited', async () => {
    const project = await rows.project({ lastTraffic: { days: 6 } })
    await sql`update vigie.policy set is_watch_required = true`
    const { run, hold } = await runTickSweep(database, await claimNow(), options)
    expect(run.outcome).toBe('held')
    expect(hold?.brakes).toEqual([{ brake: 'not_watched', days: 5, intake: null, since: null }])
    expect(await sql`select id, status from project`).toEqual([{ id: project, status: 'active' }])
  })

  it('touches the named teams alone as a canary', async () => {
    const named = await rows.team()
    const inNamed = await rows.project({ team: named, lastTraffic: { days: 6 } })
    await rows.project({ lastTraffic: { days: 6 } })
    await sql`update vigie.policy set sweep_mode = 'canary', canary_team_ids = ${[named]}`
    const { run } = await runTickSweep(database, await claimNow(), options)
    expect(run).toMatchObject({ outcome: 'done', deactivated: 1 })
    expect(await sql`select id from project where status = 'inactive'`).toEqual([{ id: inNamed }])
  })

  it('is not held as a canary for what is due in other teams', async () => {
    const named = await rows.team()
    const inNamed = await rows.project({ team: named, lastTraffic: { days: 6 } })
    for (let n = 0; n < 4; n += 1) await rows.project({ lastTraffic: { days: 6 } })
    await sql`update vigie.policy set many_projects = 2, sweep_mode = 'canary', canary_team_ids = ${[named]}`
    const { run } = await runTickSweep(database, await claimNow(), options)
    expect(run).toMatchObject({ outcome: 'done', deactivated: 1 })
    expect(await sql`select id from project where status = 'inactive'`).toEqual([{ id: inNamed }])

    // The same is held where it touches them all.
    await sql`truncate vigie.job_run`
    await sql`update vigie.policy set sweep_mode = 'on'`
    expect((await runTickSweep(database, await claimNow(), options)).run.outcome).toBe('held')
  })

  /** Two sleepers whose time has come: a server took the mail of one, and refused the other's. */
  const makeTold = async () => {
    const told = await rows.project({ status: 'inactive', lastTraffic: { days: 20 }, deactivated: { days: 8 } })
    const notTold = await rows.project({ status: 'inactive', lastTraffic: { days: 20 }, deactivated: { days: 8 } })
    await sql`select vigie.ensure_partitions(now() - interval '8 days')`
    for (const [eventId, id, status] of [
      [1, told, 'sent'],
      [2, notTold, 'failed'],
    ] as const) {
      await sql`
        insert into vigie.mail (created_at, event_id, project_id, template, user_id, address, status)
        select p.deactivated_at at time zone 'utc', ${eventId}::bigint, p.id, 'project-disabled', 1, 'owner@example.com', ${status}
        from project p where p.id = ${id}`
    }
    return { told, notTold }
  }
  const listNotTold = async (runId: number) => {
    const request = { runId, stage: 'disable', isNotToldOnly: true, afterId: null, limit: 10 } as const
    return (await listKept(sql, request)).projects.map(({ projectId }) => projectId)
  }

  it('does not disable for good whose owner no mail has reached, and lists them as not told', async () => {
    const { notTold } = await makeTold()
    const { run } = await runTickSweep(database, await claimNow(), options)
    expect(run).toMatchObject({ outcome: 'done', disabled: 1, notTold: 1 })
    expect(await sql`select id from project where status = 'inactive'`).toEqual([{ id: notTold }])
    expect(await listNotTold(run.id)).toEqual([notTold])
  })

  it('lists whom no mail has reached as a canary too, and tells them apart', async () => {
    const { told, notTold } = await makeTold()
    await sql`
      update vigie.policy set sweep_mode = 'canary',
        canary_team_ids = array(select team_id from project where id in ${sql([told, notTold])})`
    const { run } = await runTickSweep(database, await claimNow(), options)
    expect(run).toMatchObject({ outcome: 'done', disabled: 1, notTold: 1 })
    expect(await listNotTold(run.id)).toEqual([notTold])
  })

  it('lists them when it is held, and leaves them alone when it is released', async () => {
    const { notTold } = await makeTold()
    await sql`update vigie.policy set many_projects = 1`
    const { run, hold } = await runTickSweep(database, await claimNow(), options)
    expect(run).toMatchObject({ outcome: 'held', notTold: 1 })
    expect(hold).toMatchObject({ disabled: 1 })
    expect(await listNotTold(run.id)).toEqual([notTold])
    const request = { ...options, holdId: hold?.id ?? 0, reason: 'looked at', runner: randomUUID() }
    expect((await runReleasedHold(database, request)).run).toMatchObject({ outcome: 'done', disabled: 1 })
    expect(await sql`select id from project where status = 'inactive'`).toEqual([{ id: notTold }])
  })

  it('ends between two batches when the part is paused', async () => {
    for (let n = 0; n < 3; n += 1) await rows.project({ lastTraffic: { days: 6 } })
    const claimed = await claimNow()
    await sql`insert into vigie.pause (part, reason) values ('sweep', 'an incident')`
    const { run } = await runTickSweep(database, claimed, { ...options, batchSize: 1 })
    expect(run).toMatchObject({ outcome: 'cancelled', deactivated: 0 })
  })
})

it('the last tick is never in the future', async () => {
  const { schedules, now } = await readSchedules(sql)
  expect(lastTick(schedules.sweep, now) <= now).toBe(true)
  expect(lastTick(schedules.sweep, now) > addDays(now, -1)).toBe(true)
})
