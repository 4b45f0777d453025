import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { countStatuses } from '../../core/jobs/count-statuses.ts'
import { runJob } from '../../core/jobs/run-job.ts'
import { defaultBatchSize } from '../../core/sweep/run.ts'
import { runTickSweep } from '../../core/sweep/run-tick.ts'
import { createScheduler, type Scheduler } from '../scheduler.ts'
import { type AgentFixture, type AgentProcess, createAgentFixture, waitUntil } from './testing/agent-fixture.ts'
import { fillSleepyPlatform, moveSchedule } from './testing/sleepy-platform.ts'

const minuteMs = 60_000
const ticks = 10
const perTick = 20

let fixture: AgentFixture
let agents: AgentProcess[]
let desktop: Scheduler | undefined
const desktopSaid: { msg: string; job: unknown }[] = []

/** What a desktop does whose setting says that it runs what is due. */
function startDesktop(): Scheduler {
  const { sql, log } = fixture
  const scheduler = createScheduler({
    context: {
      sql,
      origin: { entry: 'desktop', machine: 'laptop', version: '0.0.0' },
      log: { ...log, info: ({ job }, msg) => desktopSaid.push({ msg, job }) },
    },
    pollIntervalMs: 100,
    work: {
      sweep: (context, claim, signal) => runTickSweep(context, claim, { signal, batchSize: defaultBatchSize }),
      counts: (context, claim) => runJob(context, claim, () => countStatuses(context)),
    },
  })
  scheduler.start()
  return scheduler
}

beforeAll(async () => {
  fixture = await createAgentFixture()
  await fillSleepyPlatform(fixture.sql, { active: ticks * perTick, asleep: 0 })
  await fixture.sql`update project set last_traffic_at = now() at time zone 'utc'`
  await letNothingBeDue()
  agents = [0, 3 * minuteMs, -3 * minuteMs].map((clockAheadMs) =>
    fixture.startAgent({ clockAheadMs, args: ['--without', 'mail'] }),
  )
  desktop = startDesktop()
  await waitUntil(() => agents.every(isWorking))
})
afterAll(async () => {
  await desktop?.stop()
  await fixture.stop()
})
beforeEach(() => fixture.sql`truncate vigie.job_run`)

const isWorking = ({ log }: AgentProcess) => log.some(({ msg }) => msg === 'The agent works.')

async function letNothingBeDue() {
  // Older than what is caught up, and hours away from the next.
  for (const job of ['sweep', 'counts', 'pruning'] as const) await moveSchedule(fixture.sql, job, 21 * 60)
}

const readRuns = (job: string) => fixture.sql<{ tick: string; outcome: string | null; deactivated: number }[]>`
  select tick::text, outcome, deactivated from vigie.job_run where job = ${job} order by id`

/** How often any of the four said that it runs a tick of a job. */
const countStarts = (job: string) =>
  [...desktopSaid, ...agents.flatMap(({ log }) => log)].filter(
    (line) => line.job === job && (line.msg === 'A tick is due.' || line.msg === 'A tick was taken over.'),
  ).length

/** Waits until a job has run so often, and then for long enough that everybody has looked again. */
async function untilRun(job: string, times: number) {
  await waitUntil(async () => (await readRuns(job)).filter((run) => run.outcome === 'done').length >= times)
  await sleep(250)
}

it('three agents with clocks three minutes apart and a desktop, ten nights: one sweep each', async () => {
  const [right, ahead, behind] = agents.map(({ log }) => Date.parse(String(log[0]?.time)))
  expect(((ahead ?? 0) - (right ?? 0)) / minuteMs).toBeCloseTo(3, 0)
  expect(((behind ?? 0) - (right ?? 0)) / minuteMs).toBeCloseTo(-3, 0)

  const { sql } = fixture
  for (let night = 0; night < ticks; night += 1) {
    await sql`
      update project set last_traffic_at = (now() at time zone 'utc') - interval '9 days'
      where repo_id between ${night * perTick + 1} and ${(night + 1) * perTick}`
    if (night === 0) await moveSchedule(sql, 'sweep', 5)
    // Another night has passed: the sweeps before lie further back, each on a day of its own.
    else
      await sql`update vigie.job_run set tick = tick - make_interval(days => ${night}) where id = (
      select max(id) from vigie.job_run where job = 'sweep')`
    await untilRun('sweep', night + 1)
  }
  await letNothingBeDue()
  const runs = await readRuns('sweep')
  expect(runs.map(({ outcome, deactivated }) => [outcome, deactivated])).toEqual(Array(ticks).fill(['done', perTick]))
  expect(countStarts('sweep')).toBe(ticks)
  const [events] = await sql<{ all: number; projects: number }[]>`
    select count(*)::integer as all, count(distinct project_id)::integer as projects from vigie.event`
  expect(events).toEqual({ all: ticks * perTick, projects: ticks * perTick })
})

it('ten ticks of a schedule that goes by the minute: one run each', async () => {
  const expected: string[] = []
  for (let tick = 0; tick < ticks; tick += 1) {
    await moveSchedule(fixture.sql, 'counts', 30 - tick)
    await untilRun('counts', tick + 1)
    expected.push((await readRuns('counts')).at(-1)?.tick ?? '')
  }
  await letNothingBeDue()
  const runs = await readRuns('counts')
  expect(runs).toHaveLength(ticks)
  expect(new Set(expected).size).toBe(ticks)
  expect(countStarts('counts')).toBe(ticks)
})

it('a tick that has come on one machine’s clock alone is not run before the database says so', async () => {
  await moveSchedule(fixture.sql, 'sweep', -2)
  await sleep(1_000)
  expect(await readRuns('sweep')).toEqual([])
  await moveSchedule(fixture.sql, 'sweep', 2)
  await untilRun('sweep', 1)
  await letNothingBeDue()
  expect(await readRuns('sweep')).toHaveLength(1)
})

it('timers that fire three minutes early or late, without looking between: early runs nothing, late runs it', async () => {
  const { sql } = fixture
  await desktop?.stop()
  await Promise.all(agents.map(fixture.kill))
  // Schedules and clocks are of the same minute: not begun in its last seconds.
  await waitUntil(async () => (await sql`select where extract(second from clock_timestamp()) < 55`).length > 0)
  await moveSchedule(sql, 'sweep', -3)
  await moveSchedule(sql, 'counts', 3)
  const [times] = await sql<{ early: number; late: number }[]>`
    select extract(epoch from date_trunc('minute', now()) + interval '3 minutes' - now())::float8 * 1000 as early,
      extract(epoch from date_trunc('minute', now()) - interval '3 minutes' - now())::float8 * 1000 as late`
  if (times === undefined) throw new Error('the database has no clock')
  const fireInMs = 8_000
  const start = (clockAheadMs: number) =>
    fixture.startAgent({ clockAheadMs: Math.round(clockAheadMs), args: ['--without', 'mail', '--poll', '60'] })
  const startedMs = performance.now()
  const early = start(times.early - fireInMs)
  const late = start(times.late - fireInMs)
  await waitUntil(() => isWorking(early) && isWorking(late))
  // Whoever starts looks at once, and finds the one that is past. It is as if nobody had, and the timers alone are left.
  await untilRun('counts', 1)
  await sql`truncate vigie.job_run`
  await sleep(fireInMs + 1_500 - (performance.now() - startedMs))
  expect(await readRuns('sweep')).toEqual([])
  expect(await readRuns('counts')).toMatchObject([{ outcome: 'done' }])
  const startsOf = ({ log }: AgentProcess) => log.filter(({ msg }) => msg === 'A tick is due.').length
  expect(startsOf(early) + startsOf(late)).toBe(2)
})
