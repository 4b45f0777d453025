import { describe, expect, it } from 'vitest'
import { createRows } from '../../main/database/testing/platform-rows.ts'
import { createTestDatabase } from '../../main/database/testing/test-database.ts'
import { listAgents } from '../queries/agents.ts'
import { readFigures } from '../queries/figures.ts'
import { countStatuses } from './count-statuses.ts'
import { prune } from './prune.ts'

const database = await createTestDatabase()
const { sql, origin } = database
const rows = createRows(sql)
const run = (batchSize?: number) =>
  prune(database, { signal: new AbortController().signal, ...(batchSize && { batchSize }) })

describe('the daily counts', () => {
  it('count the day that ended, once, whoever and how many ask', async () => {
    await rows.project({ lastTraffic: { days: 1 } })
    await rows.project({ status: 'paused' })
    const answers = await Promise.all([countStatuses(database), countStatuses(database), countStatuses(database)])
    expect(answers.filter((answer) => answer.isCounted)).toHaveLength(1)
    await rows.project({ status: 'paused' })
    expect(await countStatuses(database)).toMatchObject({ isCounted: false })
    const days = await sql<{ day: string; status: string; projects: number }[]>`
      select day::text, status, projects from vigie.status_day order by status`
    const [yesterday] = await sql<{ day: string }[]>`select ((now() at time zone 'utc')::date - 1)::text as day`
    expect(days.map((row) => [row.status, row.projects])).toEqual([
      ['active', 1],
      ['deleted', 0],
      ['inactive', 0],
      ['paused', 1],
      ['permanently_disabled', 0],
    ])
    expect(days.every((row) => row.day === yesterday?.day)).toBe(true)
    expect(answers[0]?.day).toBe(yesterday?.day)
  })
})

describe('pruning', () => {
  it('takes the bodies of ended mails after the policy’s days, in batches, and nothing else of them', async () => {
    await sql`select vigie.ensure_partitions(now()), vigie.ensure_partitions(now() - interval '100 days')`
    await sql`
      insert into vigie.mail (created_at, template, user_id, address, status, subject, body_text, body_html)
      select now() - make_interval(days => d), 'project-disabled', n, 'a@example.com', s, 'subject', 'text', 'html'
      from (values (89, 'sent'), (91, 'sent'), (91, 'cancelled'), (91, 'dead'), (91, 'queued')) as v (d, s)
      cross join generate_series(1, 2) as n`
    expect(await run(4)).toMatchObject({ mailBodies: 6 })
    const kept = await sql`select distinct status from vigie.mail where body_text is not null and body_html is not null`
    expect(kept.map((row) => row.status).sort()).toEqual(['queued', 'sent'])
    expect(await sql`select from vigie.mail where subject = 'subject'`).toHaveLength(10)
    expect(await run()).toMatchObject({ mailBodies: 0 })
  })

  it('takes daily hits after the policy’s days, hours after a fortnight, and last hits of projects that are gone', async () => {
    const id = await rows.project()
    await sql`
      insert into vigie.traffic_day (project_id, day, hits)
      select ${id}, (now() at time zone 'utc')::date - d, 1 from unnest(array[0, 90, 91, 92]) as d`
    await sql`
      insert into vigie.excluded_day (project_id, day, exclusion_id, is_counted, hits, last_at)
      select t.project_id, t.day, 1, false, 1, t.day from vigie.traffic_day t`
    await sql`
      insert into vigie.intake_hour (intake_id, hour)
      select 1, now() - make_interval(days => d) from unnest(array[0, 13, 15]) as d`
    await sql`
      insert into vigie.last_hit (project_id, is_excluded, at, hostname, client, intake_id)
      select p, e, now(), 'a.example', 'bot', 1
      from unnest(array[${id}, 'gone']) as p cross join unnest(array[true, false]) as e`
    expect(await run(1)).toMatchObject({ trafficDays: 2, excludedDays: 2, intakeHours: 1, lastHits: 2 })
    expect(await run()).toMatchObject({ trafficDays: 0, excludedDays: 0, intakeHours: 0, lastHits: 0 })
    await sql`delete from project where id = ${id}`
  })

  it('takes the lists of old previews, not those of sweeps, new ones, or an open hold', async () => {
    const insert = async (isPreview: boolean, days: number) => {
      const [row] = await sql<{ id: number }[]>`
        insert into vigie.job_run (job, entry, machine, version, is_preview, started_at)
        values ('sweep', 'agent', 'm', 'v', ${isPreview}, now() - make_interval(days => ${days})) returning id`
      const id = row?.id ?? 0
      await sql`insert into vigie.run_project (run_id, stage, project_id)
        select ${id}, 'deactivate', n::text from generate_series(1, 3) n`
      return id
    }
    const old = await insert(true, 31)
    const held = await insert(true, 31)
    const kept = [held, await insert(true, 29), await insert(false, 31)]
    await sql`insert into vigie.hold (run_id, expires_at, brakes, deactivated, disabled)
      values (${held}, now(), '[]', 3, 0)`
    expect(await run(2)).toMatchObject({ previewProjects: 3 })
    const left = await sql<{ id: number }[]>`select distinct run_id as id from vigie.run_project order by 1`
    expect(left.map((row) => row.id)).toEqual(kept.sort((a, b) => a - b))
    expect(left.map((row) => row.id)).not.toContain(old)
  })

  it('takes the list of a hold a month after a person decided on it', async () => {
    const hold = async (closedDaysAgo: number) => {
      const [row] = await sql<{ runId: number }[]>`
        with run as (
          insert into vigie.job_run (job, entry, machine, version, started_at, finished_at, outcome)
          values ('sweep', 'agent', 'm', 'v', now() - interval '60 days', now() - interval '60 days', 'held') returning id
        )
        insert into vigie.hold (run_id, expires_at, brakes, deactivated, disabled, status, closed_at, closed_by, reason)
        select id, now(), '[]', 3, 0, 'dismissed', now() - make_interval(days => ${closedDaysAgo}), 'ann', 'seen' from run
        returning run_id as "runId"`
      const runId = row?.runId ?? 0
      await sql`insert into vigie.run_project (run_id, stage, project_id)
        select ${runId}, 'deactivate', n::text from generate_series(1, 3) n`
      return runId
    }
    const [old, lately] = [await hold(31), await hold(29)]
    expect(await run(2)).toMatchObject({ previewProjects: 3 })
    const left = await sql<{ id: number }[]>`
      select distinct run_id as id from vigie.run_project where run_id in (${old}, ${lately})`
    expect(left.map(({ id }) => id)).toEqual([lately])
    await sql`truncate vigie.hold, vigie.run_project`
  })

  it('takes the times of watch that no deadline goes by, and leaves every deadline where it was', async () => {
    const watch = (intake: number, from: number, to: number) => sql`
      insert into vigie.watch_span (intake_id, span_from, span_to)
      values (${intake}, now() - make_interval(days => ${from}), now() - make_interval(days => ${to}))`
    const cutoffs = async () => {
      const [row] = await sql<{ cutoffs: string }[]>`
        select concat(date_trunc('minute', vigie.idle_cutoff(5)), date_trunc('minute', vigie.idle_cutoff(7))) as cutoffs
        from vigie.policy`
      return row?.cutoffs
    }
    // Blind from 200 days ago until yesterday: the policy's 90 days go before that.
    for (const [intake, from, to] of [
      [1, 400, 350],
      [1, 340, 310],
      [1, 305, 290],
      [1, 280, 200],
      [1, 1, 0],
      [2, 390, 380],
    ] as const)
      await watch(intake, from, to)
    const before = await cutoffs()
    expect(await run(1)).toMatchObject({ watchSpans: 2 })
    expect(await run()).toMatchObject({ watchSpans: 0 })
    expect(await cutoffs()).toBe(before)
    const spans = await sql<{ intake: number }[]>`select intake_id as intake from vigie.watch_span order by span_from`
    expect(spans.map(({ intake }) => intake)).toEqual([2, 1, 1, 1])
    await sql`truncate vigie.watch_span`
  })

  it('drops months that ended more than 13 months ago, of events and mails, and no other table', async () => {
    await sql`select vigie.ensure_partitions(now() - make_interval(months => m)) from generate_series(0, 18) m`
    await sql`create table vigie.event_190001 (id integer)`
    const { partitions } = await run()
    const names = await sql<{ month: string }[]>`
      select to_char(date_trunc('month', now()) - make_interval(months => m), 'YYYYMM') as month
      from generate_series(18, 14, -1) m`
    expect(partitions).toEqual(names.flatMap(({ month }) => [`event_${month}`, `mail_${month}`]))
    const [{ tables } = { tables: 0 }] = await sql<{ tables: number }[]>`
      select count(*) as tables from pg_inherits where inhparent = 'vigie.event'::regclass`
    expect(tables).toBe(14)
    expect(await sql`select from vigie.event_190001`).toHaveLength(0)
    expect(await run()).toMatchObject({ partitions: [] })
  })

  it('leaves a month that somebody reads for another day', async () => {
    await sql`select vigie.ensure_partitions(now() - interval '20 months')`
    const reserved = await sql.reserve()
    await reserved`begin`
    await reserved`select count(*) from vigie.event`
    expect(await run()).toMatchObject({ partitions: [] })
    await reserved`rollback`
    reserved.release()
    expect((await run()).partitions).toHaveLength(2)
  })

  it('forgets agents that were silent for 30 days, but never the one heard of last', async () => {
    const beat = (n: number) =>
      sql`select vigie.agent_heartbeat(${`00000000-0000-0000-0000-00000000000${n}`}, '{mail}', ${sql.json({ ...origin })})`
    await beat(1)
    await beat(2)
    await sql`update vigie.agent set heartbeat_at = now() - interval '31 days'`
    await sql`update vigie.agent set heartbeat_at = now() - interval '40 days' where id::text like '%1'`
    expect(await run()).toMatchObject({ agents: 1 })
    expect(await sql`select from vigie.agent`).toHaveLength(1)
    await beat(3)
    expect(await run()).toMatchObject({ agents: 1 })
    expect(await listAgents(sql)).toMatchObject([{ isAlive: true, parts: ['mail'] }])
    // The outage that was between the second and the third.
    expect(await readFigures(sql)).toMatchObject({ openGaps: 1, agentsAlive: 1 })
  })
})

describe('a heartbeat', () => {
  const agent = '11111111-1111-1111-1111-111111111111'
  const beat = async () => {
    const [row] = await sql<{ hasGap: boolean }[]>`
      select vigie.agent_heartbeat(${agent}, '{}', ${sql.json({ ...origin })}) as "hasGap"`
    return row?.hasGap
  }

  it('notes a gap once, after more hours than the policy allows, until it is resolved', async () => {
    await sql`truncate vigie.agent, vigie.gap`
    expect(await beat()).toBe(false)
    await sql`update vigie.agent set heartbeat_at = now() - interval '23 hours'`
    expect(await beat()).toBe(false)
    await sql`update vigie.agent set heartbeat_at = now() - interval '25 hours'`
    expect([await beat(), await beat()]).toEqual([true, true])
    expect(await sql`select from vigie.gap`).toHaveLength(1)
    await sql`update vigie.gap set resolved_at = now()`
    expect(await beat()).toBe(false)
  })

  it('of a desktop notes no gap and ends none, since laptops sleep', async () => {
    await sql`truncate vigie.agent, vigie.gap`
    const beatOfDesktop = () =>
      sql`select vigie.agent_heartbeat('22222222-2222-2222-2222-222222222222', '{}', ${sql.json({ ...origin, entry: 'desktop' })})`
    await beatOfDesktop()
    await sql`update vigie.agent set heartbeat_at = now() - interval '25 hours'`
    await beatOfDesktop()
    expect(await sql`select from vigie.gap`).toHaveLength(0)
    await beat()
    await sql`update vigie.agent set heartbeat_at = now() - interval '25 hours'`
    await beatOfDesktop()
    expect(await listAgents(sql)).toMatchObject([{ entry: 'desktop', isAlive: true }])
    await sql`update vigie.agent set heartbeat_at = now() - interval '31 days' where entry <> 'desktop'`
    expect(await run()).toMatchObject({ agents: 0 })
    expect(await beat()).toBe(true)
    await sql`delete from vigie.agent where entry = 'desktop'`
  })

  it('of an agent that stopped and was forgotten brings it back', async () => {
    await sql`select vigie.agent_stopped(${agent})`
    expect(await listAgents(sql)).toMatchObject([{ isAlive: false }])
    await sql`delete from vigie.agent`
    await beat()
    expect(await listAgents(sql)).toMatchObject([{ id: agent, isAlive: true, stoppedAt: null }])
  })
})

it('the figures are those of the tables', async () => {
  await sql`truncate vigie.job_run, vigie.mail, vigie.agent, vigie.gap, vigie.hold, vigie.pause`
  expect(await readFigures(sql)).toMatchObject({
    jobs: [],
    intakes: [],
    mails: { queued: 0 },
    mailSecondsBehind: 0,
    agentsAlive: 0,
  })
  await sql`
    insert into vigie.job_run (job, entry, machine, version, tick, started_at, finished_at, outcome, deactivated, is_preview)
    values
      ('sweep', 'agent', 'm', 'v', now() - interval '26 hours', now() - interval '26 hours', now() - interval '25 hours', 'done', 5, false),
      ('sweep', 'agent', 'm', 'v', now() - interval '120 s', now() - interval '90 s', now() - interval '60 s', 'held', 7, true),
      ('sweep', 'agent', 'm', 'v', null, now(), null, null, 2, false)`
  await sql`insert into vigie.mail (template, user_id, address, due_at)
    values ('project-warning', 1, 'a@example.com', now() - interval '5 minutes')`
  await sql`insert into vigie.pause (part, reason) values ('mail', 'x')`
  await sql`
    insert into vigie.intake (machine, kind, source, covered_until, garbage_lines)
    values ('m', 'access_log', '/log', now() - interval '90 s', 3)`
  await sql`insert into vigie.intake_hour (intake_id, hour, hits) select id, date_trunc('hour', now()), 7 from vigie.intake`
  const figures = await readFigures(sql)
  expect(figures).toMatchObject({
    projects: { active: 1, paused: 2 },
    mails: { queued: 1, failed: 0, dead: 0 },
    pausedParts: ['mail'],
    intakes: [{ kind: 'access_log', source: '/log', recentHits: 7, garbageLines: 3, unknownHits: 0 }],
    jobs: [{ job: 'sweep', deactivated: 7, lastOutcome: 'held', lastDurationSeconds: 30, lastTickDelaySeconds: 30 }],
  })
  expect(Math.round(figures.intakes[0]?.lagSeconds ?? 0)).toBeGreaterThanOrEqual(90)
  expect(Math.round(figures.mailSecondsBehind)).toBeGreaterThanOrEqual(300)
  expect(Math.round(figures.jobs[0]?.lastTickAgeSeconds ?? 0)).toBeGreaterThanOrEqual(120)
})
