import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { runSweep } from '../../../core/sweep/run.ts'
import { withSession } from '../connect.ts'
import { createTestDatabase, type TestDatabase } from '../testing/test-database.ts'
import { createSample } from './create-sample.ts'

let database: TestDatabase

beforeAll(async () => {
  database = await createTestDatabase()
  await withSession(database.sql, (session) => createSample(session, { projects: 1_200 }))
})

/** The rows that a statement finds, as text for the message of a failure. */
async function find(statement: string): Promise<unknown[]> {
  return [...(await database.sql.unsafe(`${statement} limit 5`))]
}

describe('time', () => {
  it('is never in the future, nor before the row was created', async () => {
    const columns = await database.sql<{ table: string; column: string; isUtc: boolean; hasCreation: boolean }[]>`
      select a.attrelid::regclass::text as table, a.attname as column, a.atttypid = 'timestamp'::regtype as "isUtc",
        exists (select from pg_attribute c where c.attrelid = a.attrelid and c.attname = 'created_at') as "hasCreation"
      from pg_attribute a join pg_class c on c.oid = a.attrelid
      where c.relnamespace in ('public'::regnamespace, 'vigie'::regnamespace) and c.relkind in ('r', 'p')
        and not c.relispartition and a.atttypid in ('timestamp'::regtype, 'timestamptz'::regtype)
        and a.attname not in ('until', 'token_expires_at') and c.relname <> 'subscription_plan'`
    expect(columns.length).toBeGreaterThan(25)
    for (const { table, column, isUtc, hasCreation } of columns) {
      const now = isUtc ? `clock_timestamp() at time zone 'utc'` : 'clock_timestamp()'
      const early = hasCreation ? `or ${column} < created_at` : ''
      expect(
        await find(`select ${column} from ${table} where ${column} > ${now} ${early}`),
        `${table}.${column}`,
      ).toEqual([])
    }
  })

  it('begins with the user, then the team, the project, and what belongs to it', async () => {
    expect(
      await find(
        `select t.id from team t join "user" u on u.id = t.created_by_user_id where u.created_at > t.created_at`,
      ),
    ).toEqual([])
    expect(
      await find(`select p.id from project p join team t on t.id = p.team_id where t.created_at > p.created_at`),
    ).toEqual([])
    for (const child of ['deployment', 'domain'])
      expect(
        await find(
          `select c.id from ${child} c join project p on p.id = c.project_id where p.created_at > c.created_at`,
        ),
      ).toEqual([])
    expect(
      await find(`select e.id from vigie.event e join project p on p.id = e.project_id
      where p.created_at at time zone 'utc' > e.created_at - interval '5 days'`),
    ).toEqual([])
  })
})

describe('sleepers', () => {
  it('have a date, and nobody else has one', async () => {
    expect(
      await find(`select id from project where (deactivated_at is not null) <> (status in ('inactive', 'permanently_disabled'))
      and name <> 'asleep-without-date'`),
    ).toEqual([])
  })

  it('have no active domain, and Vigie remembers just those that it disabled', async () => {
    expect(
      await find(`select d.id from domain d join project p on p.id = d.project_id
      where p.status in ('inactive', 'permanently_disabled') and d.status = 'active'`),
    ).toEqual([])
    expect(
      await find(`select x.domain_id from vigie.disabled_domain x
      left join domain d on d.id = x.domain_id and d.project_id = x.project_id
      left join vigie.sleeper s on s.project_id = x.project_id
      where d.status is distinct from 'disabled' or s.project_id is null or x.former_status <> 'active'`),
    ).toEqual([])
  })

  it('of Vigie have its event of that instant, the others none', async () => {
    expect(
      await find(`select s.project_id from vigie.sleeper s join project p on p.id = s.project_id
      left join vigie.event e on e.project_id = s.project_id and e.kind = 'deactivated'
        and e.created_at = s.deactivated_at at time zone 'utc'
      where e.id is null or p.status not in ('inactive', 'permanently_disabled')
        or p.status = 'inactive' and p.deactivated_at <> s.deactivated_at
        or (e.after ->> 'domainsDisabled')::integer <> (select count(*) from vigie.disabled_domain x where x.project_id = p.id)
        or e.before ->> 'lastActivityAt' <> vigie.instant(greatest(p.last_traffic_at, p.created_at))`),
    ).toEqual([])
    expect(
      await find(`select p.id from project p join vigie.event e on e.project_id = p.id and e.kind = 'deactivated'
      where p.status = 'inactive' and not exists (select from vigie.sleeper s where s.project_id = p.id)`),
    ).toEqual([])
  })

  it('of Vigie that were disabled for good were so seven days later, by an event of that instant', async () => {
    expect(
      await find(`select p.id from project p join vigie.sleeper s on s.project_id = p.id
      left join vigie.event e on e.project_id = p.id and e.kind = 'permanently_disabled'
        and e.created_at = p.deactivated_at at time zone 'utc'
      where p.status = 'permanently_disabled'
        and (e.id is null or p.deactivated_at < s.deactivated_at + interval '7 days'
          or e.before ->> 'deactivatedAt' <> vigie.instant(s.deactivated_at)
          or e.after ->> 'deactivatedAt' <> vigie.instant(p.deactivated_at))`),
    ).toEqual([])
  })
})

describe('events', () => {
  const keys: Record<string, { before: string[]; after: string[] }> = {
    deactivated: {
      before: ['deactivatedAt', 'lastActivityAt', 'status'],
      after: ['deactivatedAt', 'domainsDisabled', 'status'],
    },
    permanently_disabled: {
      before: ['deactivatedAt', 'lastActivityAt', 'status'],
      after: ['deactivatedAt', 'domainsDisabled', 'status'],
    },
    reactivated: {
      before: ['deactivatedAt', 'lastTrafficAt', 'reactivationCount', 'status'],
      after: [
        'deactivatedAt',
        'domainsLeft',
        'domainsRestored',
        'isFirstVersionSleeper',
        'lastTrafficAt',
        'reactivationCount',
        'status',
      ],
    },
  }

  it('have the shapes that the functions write', async () => {
    const rows = await database.sql<{ kind: string; before: string[]; after: string[] }[]>`
      select distinct e.kind, array(select jsonb_object_keys(e.before) order by 1) as before,
        array(select jsonb_object_keys(e.after) order by 1) as after
      from vigie.event e order by 1`
    expect(Object.fromEntries(rows.map(({ kind, ...shape }) => [kind, shape]))).toEqual(keys)
    expect(rows).toHaveLength(3)
  })

  it('come after at least five days without a visit', async () => {
    expect(
      await find(`select e.id from vigie.event e where e.kind = 'deactivated'
      and e.created_at < (e.before ->> 'lastActivityAt')::timestamptz + interval '5 days'`),
    ).toEqual([])
  })

  it('alternate: a project that slept again had been woken and left alone meanwhile', async () => {
    expect(
      await find(`
      select * from (
        select e.project_id, e.kind, e.created_at, (e.before ->> 'lastActivityAt')::timestamptz as active_at,
          lag(e.kind) over w as kind_before, lag(e.created_at) over w as at_before
        from vigie.event e window w as (partition by e.project_id order by e.id)) e
      where e.kind = e.kind_before or e.created_at < e.at_before
        or e.kind = 'deactivated' and e.kind_before = 'permanently_disabled'
        or e.kind = 'deactivated' and e.at_before > e.active_at`),
    ).toEqual([])
  })

  it('of a reactivation name somebody with the right, and agree with the count', async () => {
    expect(
      await find(`select e.id from vigie.event e where e.kind = 'reactivated' and (e.reason !~ '\\S' or not exists (
      select from team_member m join "user" u on u.id = m.user_id and u.status = 'active'
      where m.team_id = e.team_id and m.user_id = e.on_behalf_of_user_id and m.role in ('owner', 'admin')))`),
    ).toEqual([])
    expect(
      await find(`select p.id from project p join vigie.event e on e.project_id = p.id and e.kind = 'reactivated'
      group by p.id having max((e.after ->> 'reactivationCount')::integer) <> p.reactivation_count
        or count(*) <> p.reactivation_count`),
    ).toEqual([])
    expect(
      await find(`select p.id from project p join vigie.event e on e.project_id = p.id and e.kind = 'reactivated'
      where p.status = 'active' and p.last_traffic_at at time zone 'utc' < e.created_at`),
    ).toEqual([])
  })

  it('told everybody who hears of the team, once', async () => {
    expect(
      await find(`
      select e.id from vigie.event e
      where e.kind <> 'reactivated' and (
        select coalesce(array_agg(r.address order by r.address), '{}') from vigie.recipients(array[e.team_id]) r)
        <> (select coalesce(array_agg(m.address order by m.address), '{}') from vigie.mail m
          where m.event_id = e.id and m.created_at = e.created_at and m.project_id = e.project_id)`),
    ).toEqual([])
    expect(
      await find(`select m.id from vigie.mail m where not exists (select from vigie.event e
      where e.id = m.event_id and e.created_at = m.created_at and e.kind <> 'reactivated')`),
    ).toEqual([])
    expect(
      await find(`select m.id from vigie.mail m
      where m.status <> 'sent' or m.ended_at is null or m.due_at <> m.created_at or m.run_id is null`),
    ).toEqual([])
  })
})

describe('history', () => {
  it('has a run for each of 90 nights that counts its events and mails', async () => {
    const [nights] = await database.sql`
      select count(*) as runs, count(distinct started_at) as nights, bool_and(started_at::time = '02:00') as "isAtTwo",
        min(started_at) > now() - interval '91 days' as "isRecent", bool_and(tick = started_at) as "isDueThen"
      from vigie.job_run where entry = 'agent' and machine = 'sample' and version = '0.1.0'`
    expect(nights).toEqual({ runs: 90, nights: 90, isAtTwo: true, isRecent: true, isDueThen: true })
    expect(await find(`select r.id from vigie.job_run r where r.entry = 'desktop' and r.tick is not null`)).toEqual([])
    expect(
      await find(`
      select r.id from vigie.job_run r
      where (r.deactivated, r.disabled, r.mails_queued) <> (
        (select count(*) from vigie.event e where e.run_id = r.id and e.kind = 'deactivated'),
        (select count(*) from vigie.event e where e.run_id = r.id and e.kind = 'permanently_disabled'),
        (select count(*) from vigie.mail m join vigie.event e on e.id = m.event_id where e.run_id = r.id))`),
    ).toEqual([])
    expect(
      await find(`select e.id from vigie.event e left join vigie.job_run r on r.id = e.run_id
      where (e.kind = 'reactivated') <> (r.id is null) or e.created_at not between r.started_at and r.finished_at`),
    ).toEqual([])
  })

  it('has runs of every outcome, and its ids follow the clock', async () => {
    const outcomes = await database.sql<{ outcome: string }[]>`
      select outcome from vigie.job_run group by 1 order by 1`
    expect(outcomes.map((row) => row.outcome)).toEqual(['cancelled', 'done', 'failed', 'partial'])
    for (const [table, time] of [
      ['vigie.job_run', 'started_at'],
      ['vigie.event', 'created_at'],
      ['vigie.mail', 'created_at'],
    ])
      expect(
        await find(`select * from (select ${time} as at, lag(${time}) over (order by id) as earlier from ${table}) t
        where at < earlier`),
        table,
      ).toEqual([])
  })

  it('counts the statuses of 90 days, ending near those of now', async () => {
    const [days] = await database.sql`
      select count(*) as rows, count(distinct day) as days, max(day) = (now() at time zone 'utc')::date - 1 as "endsYesterday"
      from vigie.status_day`
    expect(days).toEqual({ rows: 450, days: 90, endsYesterday: true })
    const rows = await database.sql<{ status: string; yesterday: number; now: number }[]>`
      select s.status, s.projects as yesterday, (select count(*) from project p where p.status::text = s.status) as now
      from vigie.status_day s where s.day = (select max(day) from vigie.status_day)`
    for (const { status, yesterday, now } of rows) expect(Math.abs(yesterday - now), status).toBeLessThan(60)
  })
})

describe('people and hostnames', () => {
  it('are under domains that are reserved for examples', async () => {
    expect(await find(`select email from "user" where email !~ '^[a-z0-9.]+@example[.](com|org|net)$'`)).toEqual([])
    expect(
      await find(`select hostname from domain where hostname !~ '(^|[.])example[.](com|org|net)$|[.](example|test)$'`),
    ).toEqual([])
    expect(await find('select id from user_identity')).toEqual([])
    expect(await find(`select id from project where env_vars <> ''`)).toEqual([])
  })
})

describe('the next sweep', () => {
  it('finds some to deactivate and some to disable, and nothing else to complain about', async () => {
    const [due] = await database.sql<{ deactivate: number; disable: number }[]>`
      select (select count(*) from vigie.due('deactivate')) as deactivate,
        (select count(*) from vigie.due('disable')) as disable`
    expect(due?.deactivate).toBeGreaterThanOrEqual(25)
    expect(due?.deactivate).toBeLessThanOrEqual(40)
    expect(due?.disable).toBeGreaterThanOrEqual(8)
    expect(due?.disable).toBeLessThanOrEqual(15)
    const { run, hold } = await runSweep(database, {
      signal: new AbortController().signal,
      batchSize: 20,
      runner: randomUUID(),
      overrideReason: null,
    })
    expect(hold).toBeNull()
    expect(run).toMatchObject({ outcome: 'done', deactivated: due?.deactivate, disabled: due?.disable, skipped: 0 })
  })

  it('finds none that the sweeps before the cancelled one should have taken', async () => {
    const rows = await database.sql`
      select e.id from vigie.event e join vigie.job_run r on r.id = e.run_id
      where r.machine = 'test' and e.kind = 'deactivated'
        and (e.before ->> 'lastActivityAt')::timestamptz + interval '5 days' < (
          select max(d.started_at) from vigie.job_run d where d.outcome = 'done' and d.entry = 'agent')
        and not exists (select from vigie.exemption x where x.project_id = e.project_id)`
    expect([...rows]).toEqual([])
  })
})

describe('traffic', () => {
  it('was there on the day of the last one, never after it, nor before the project was', async () => {
    expect(
      await find(`select t.project_id from vigie.traffic_day t left join project p on p.id = t.project_id
      where p.id is null or t.hits = 0 or t.day > p.last_traffic_at::date or t.day < p.created_at::date
        or p.last_traffic_at is null`),
    ).toEqual([])
    expect(
      await find(`select h.project_id from vigie.last_hit h join project p on p.id = h.project_id
      where not h.is_excluded and (h.at at time zone 'utc' > p.last_traffic_at or (h.at at time zone 'utc')::date <> (
        select max(t.day) from vigie.traffic_day t where t.project_id = p.id))`),
    ).toEqual([])
    expect(await find(`select project_id from vigie.traffic_day`)).toHaveLength(5)
  })

  it('was none while a project slept', async () => {
    expect(
      await find(`select t.project_id from vigie.event e join vigie.traffic_day t on t.project_id = e.project_id
      left join lateral (select r.created_at from vigie.event r
        where r.project_id = e.project_id and r.kind = 'reactivated' and r.created_at > e.created_at
        order by r.created_at limit 1) woken on true
      where e.kind = 'deactivated' and t.day >= (e.created_at at time zone 'utc')::date
        and t.day < coalesce((woken.created_at at time zone 'utc')::date, 'infinity')`),
    ).toEqual([])
  })

  it('was seen by the intake: as much as the days and the exclusions have of it', async () => {
    expect(
      await find(`select h.day from (
        select (h.hour at time zone 'utc')::date as day, sum(h.hits) as hits, sum(h.excluded) as excluded
        from vigie.intake_hour h group by 1) h
      where h.hits - h.excluded <> (select sum(t.hits) from vigie.traffic_day t where t.day = h.day)
        or h.excluded <> (select coalesce(sum(x.hits), 0) from vigie.excluded_day x where x.day = h.day and not x.is_counted)`),
    ).toEqual([])
    expect(
      await find(`select x.project_id from vigie.excluded_day x
      left join vigie.traffic_day t on t.project_id = x.project_id and t.day = x.day
      where x.is_counted and x.hits > coalesce(t.hits, 0)`),
    ).toEqual([])
    expect(
      await find(`select h.project_id from vigie.last_hit h where h.is_excluded and h.at <> (
        select max(x.last_at) from vigie.excluded_day x where x.project_id = h.project_id and not x.is_counted)`),
    ).toEqual([])
  })

  it('is watched by nobody now, which holds no sweep and moves no deadline', async () => {
    expect(await find('select id from vigie.intake where retired_at is null')).toEqual([])
    expect(await find('select id from vigie.edge where retired_at is null')).toEqual([])
    expect(await find('select spell_from from vigie.blind_spells()')).toEqual([])
  })
})

describe('containers', () => {
  it('that Vigie stopped are those of sleepers, and the platform knows them stopped', async () => {
    expect(
      await find(`select s.deployment_id from vigie.stopped_container s
      left join deployment d on d.id = s.deployment_id left join project p on p.id = s.project_id
      where d.container_status is distinct from 'stopped' or d.container_id <> s.container_id or d.project_id <> p.id
        or p.status not in ('inactive', 'permanently_disabled')
        or s.stopped_at < p.deactivated_at at time zone 'utc' and p.status = 'inactive'`),
    ).toEqual([])
    expect(await find('select deployment_id from vigie.stopped_container')).toHaveLength(5)
  })
})
