import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createRows } from '../../main/database/testing/platform-rows.ts'
import { createTestDatabase } from '../../main/database/testing/test-database.ts'
import { listIntakes, retireIntake } from '../watch/intakes.ts'
import { runSweep, type SweepOptions } from './run.ts'
import { readWatchFigures } from './watch-brakes.ts'

const database = await createTestDatabase()
const { sql } = database
const rows = createRows(sql)
const feeder = randomUUID()

const sweep = (options: Partial<SweepOptions> = {}) =>
  runSweep(database, {
    signal: new AbortController().signal,
    batchSize: 10,
    runner: randomUUID(),
    overrideReason: null,
    ...options,
  })

/** Too short to be waited for by a test that no intake answers. */
const noWait = { times: 1, delayMs: 1 }

async function enrol(source = '/var/log/access.log'): Promise<number> {
  const [row] = await sql<{ id: number }[]>`
    select vigie.enrol_intake('edge-1', 'access_log', ${source}, ${feeder}) as id`
  return row?.id ?? 0
}

/** Watches from so many days ago until now. */
const watch = (intake: number, days: number) =>
  sql`select vigie.extend_watch(${intake}, now() - make_interval(days => ${days}), clock_timestamp())`

/** Feeds an intake as an agent does: counts what it saw when it is asked. */
async function answerFlushes(intake: number): Promise<() => Promise<void>> {
  const { unlisten } = await sql.listen('vigie', (payload) => {
    if (JSON.parse(payload).kind === 'flush') void watch(intake, 0).execute()
  })
  return unlisten
}

let stopAnswering: (() => Promise<void>) | undefined

beforeEach(async () => {
  await sql`truncate project, team, "user" cascade`
  await sql`truncate vigie.job_run, vigie.event, vigie.mail, vigie.sleeper, vigie.disabled_domain, vigie.hold,
    vigie.run_project, vigie.intake, vigie.watch_span, vigie.intake_hour restart identity`
})

afterEach(async () => {
  await stopAnswering?.()
  stopAnswering = undefined
})

describe('before it decides, a sweep', () => {
  it('asks the intakes to flush, and goes on when they have', async () => {
    const intake = await enrol()
    await watch(intake, 20)
    stopAnswering = await answerFlushes(intake)
    await rows.project({ lastTraffic: { days: 6 } })
    const { run, hold } = await sweep({ flushWait: { times: 600, delayMs: 50 } })
    expect([run.outcome, run.deactivated, hold]).toEqual(['done', 1, null])
  })

  it('is held by one that does not answer, and names it', async () => {
    await watch(await enrol(), 20)
    await rows.project({ lastTraffic: { days: 6 } })
    const { hold } = await sweep({ flushWait: noWait })
    expect(hold?.brakes).toEqual([
      {
        brake: 'intake_behind',
        intake: { machine: 'edge-1', kind: 'access_log', source: '/var/log/access.log' },
        since: expect.any(String),
      },
    ])
  })

  it('is not held for who did not answer when it is ended meanwhile', async () => {
    await watch(await enrol(), 20)
    await rows.project({ lastTraffic: { days: 6 } })
    const ending = new AbortController()
    const sweeping = sweep({
      signal: ending.signal,
      flushWait: { times: 600, delayMs: 50 },
      onStart: () => ending.abort(),
    })
    expect(await sweeping).toMatchObject({ run: { outcome: 'cancelled', deactivated: 0 }, hold: null })
  })

  it('has nothing to hold where nothing is due', async () => {
    await enrol()
    const { run, hold } = await sweep({ flushWait: noWait })
    expect([run.outcome, hold]).toEqual(['done', null])
  })

  it('goes on when a person overrides the brakes, or retires what is gone', async () => {
    const intake = await enrol()
    await watch(intake, 20)
    await rows.project({ lastTraffic: { days: 6 } })
    expect((await sweep({ overrideReason: 'the edge is being moved' })).run.deactivated).toBe(1)
    await rows.project({ lastTraffic: { days: 6 } })
    expect(await retireIntake(database, { intakeId: intake, reason: 'moved away' })).toEqual({
      intakeId: intake,
      isChanged: true,
    })
    expect((await sweep()).run.deactivated).toBe(1)
  })
})

describe('a retired intake', () => {
  it('is on record, once, and comes back by being enrolled', async () => {
    const intake = await enrol()
    await watch(intake, 20)
    await retireIntake(database, { intakeId: intake, reason: 'moved away' })
    expect(await retireIntake(database, { intakeId: intake, reason: 'again' })).toMatchObject({ isChanged: false })
    expect(await sql`select kind, reason, before ->> 'source' as source from vigie.event`).toEqual([
      { kind: 'intake_retired', reason: 'moved away', source: '/var/log/access.log' },
    ])
    expect(await listIntakes(sql)).toMatchObject([{ id: intake, retiredAt: expect.any(String) }])
    const [before] = await listIntakes(sql)
    await watch(intake, 0)
    expect((await listIntakes(sql))[0]).toEqual(before)
    expect(await enrol()).toBe(intake)
    expect(await listIntakes(sql)).toMatchObject([{ id: intake, retiredAt: null, retiredBy: null }])
  })

  it('must be one, and needs a reason', async () => {
    const intake = await enrol()
    await expect(retireIntake(database, { intakeId: intake, reason: ' ' })).rejects.toMatchObject({
      code: 'REASON_REQUIRED',
    })
    await expect(retireIntake(database, { intakeId: intake + 1, reason: 'gone' })).rejects.toMatchObject({
      code: 'INTAKE_NOT_FOUND',
    })
  })
})

describe('the figures of an intake', () => {
  const read = async () => (await readWatchFigures(sql, { isUnattended: true, flushAskedAt: null })).intakes[0]
  const see = (intake: number, fromHours: number, toHours: number, hits: number) => sql`
    insert into vigie.intake_hour (intake_id, hour, hits, excluded)
    select ${intake}, date_trunc('hour', now()) - make_interval(hours => n), ${hits}, 1
    from generate_series(${toHours}::integer, ${fromHours}::integer - 1) n`

  it('are its first span since it was enrolled, and its hits beside the usual ones', async () => {
    const intake = await enrol()
    await sql`update vigie.intake set enrolled_at = now() - interval '10 days'`
    await sql`
      insert into vigie.watch_span (intake_id, span_from, span_to)
      values (${intake}, now() - interval '30 days', now() - interval '20 days'),
        (${intake}, now() - interval '9 days', now() - interval '8 days'),
        (${intake}, now() - interval '7 days', now())`
    await see(intake, 200, 24, 100)
    await see(intake, 24, 0, 10)
    const [span] = await sql<{ at: string }[]>`
      select span_from as at from vigie.watch_span order by span_from offset 1 limit 1`
    const found = await read()
    expect(found).toMatchObject({ watchedSince: span?.at, hits: 240 })
    // A mean over whole hours: the one under way is part of an hour only.
    expect(Math.abs((found?.usualHits ?? 0) - 2_400)).toBeLessThan(100)
  })

  it('know no usual before three days', async () => {
    const intake = await enrol()
    await sql`update vigie.intake set enrolled_at = now() - interval '30 days'`
    await see(intake, 94, 0, 99)
    expect(await read()).toMatchObject({ usualHits: null })
    await see(intake, 98, 94, 99)
    expect(await read()).toMatchObject({ usualHits: expect.any(Number) })
  })
})
