import type { Pool } from '../../database/connect.ts'

export interface PlatformSize {
  /** Active projects that are due in the first stage. */
  readonly active: number
  /** Sleepers that are due in the second. */
  readonly asleep: number
}

/**
 * Fills an empty platform with projects that are all due, each of a team and an owner of its own; every tenth team has a
 * second owner, every fifth project an active domain. The policy lets a sweep of everything through, and mails out as
 * fast as a server takes them.
 */
export async function fillSleepyPlatform(sql: Pool, { active, asleep }: PlatformSize): Promise<void> {
  const count = active + asleep
  await sql`insert into github_installation (installation_id) values (1) on conflict do nothing`
  await sql`
    insert into "user" (email, username, name)
    select format('owner-%s@example.com', n), 'owner-' || n, 'Owner ' || n from generate_series(1, ${count}::integer) n
    union all
    select format('second-%s@example.com', n), 'second-' || n, 'Second ' || n
    from generate_series(10, ${count}::integer, 10) n`
  await sql`
    insert into team (id, name, slug) select md5('team ' || n), 'Team ' || n, 'team-' || n
    from generate_series(1, ${count}::integer) n`
  await sql`
    insert into team_member (team_id, user_id, role)
    select md5('team ' || split_part(u.username, '-', 2)), u.id, 'owner' from "user" u`
  await sql`
    insert into project (id, name, slug, repo_id, repo_full_name, github_installation_id, team_id,
      created_at, updated_at, status)
    select md5('project ' || n), 'Project ' || n, 'project-' || n, n, 'example/project-' || n, 1, md5('team ' || n),
      (now() at time zone 'utc') - interval '60 days', (now() at time zone 'utc') - interval '60 days', 'active'
    from generate_series(1, ${count}::integer) n`
  await sql`
    insert into domain (project_id, hostname, status)
    select md5('project ' || n), format('project-%s.example.com', n), 'active'
    from generate_series(5, ${count}::integer, 5) n`
  await sql`
    update vigie.policy set sweep_mode = 'on', is_watch_required = false, mails_per_minute = 100000,
      silent_projects = 1000000, many_projects = 1000000, many_median_projects = 1000000`
  await sql`update vigie.migration set applied_at = now() - interval '30 days'`
  await resetSleepyPlatform(sql, asleep)
}

/** Makes everything as it was when it was filled, in one transaction, and forgets all that Vigie did. */
export async function resetSleepyPlatform(sql: Pool, asleep: number): Promise<void> {
  await sql`
    with projects as (
      update project p
      set status = (case when p.repo_id <= ${asleep} then 'inactive' else 'active' end)::project_status,
        last_traffic_at = (now() at time zone 'utc') - interval '20 days',
        deactivated_at = case when p.repo_id <= ${asleep} then (now() at time zone 'utc') - interval '8 days' end,
        reactivation_count = 0
      returning p.id, p.status, p.deactivated_at
    ), seen as (
      insert into vigie.seen (project_id, status, plan_kind, reactivation_count, deactivated_at)
      select p.id, p.status, 'free', 0, p.deactivated_at from projects p
      on conflict (project_id) do update set status = excluded.status, plan_kind = excluded.plan_kind,
        reactivation_count = excluded.reactivation_count, deactivated_at = excluded.deactivated_at
    )
    update domain d set status = 'active' where d.status <> 'active'`
  await sql`
    truncate vigie.job_run, vigie.event, vigie.mail, vigie.sleeper, vigie.disabled_domain, vigie.hold, vigie.run_project`
}

/** Lets a tick of a job be due that was so many minutes ago, by the database's clock. */
export async function moveSchedule(
  sql: Pool,
  job: 'sweep' | 'cleanup' | 'counts' | 'pruning',
  minutesAgo: number,
): Promise<void> {
  await sql`
    update vigie.policy set ${sql(`${job}_schedule`)} =
      to_char((now() at time zone 'utc') - make_interval(mins => ${minutesAgo}), '"" FMMI FMHH24 * * *')`
}

/** Lets the runner of an open run, and the senders of leased mails, seem to have been silent for more than two minutes. */
export async function letClaimsLapse(sql: Pool): Promise<void> {
  await sql`
    update vigie.job_run set heartbeat_at = clock_timestamp() - interval '121 seconds' where finished_at is null`
  await sql`
    update vigie.mail set leased_until = clock_timestamp(), due_at = clock_timestamp()
    where status = 'queued' and lease is not null`
}

/**
 * What a finished sweep of everything may not have left behind: counts of what is wrong, all of them zero when every
 * project is in one state, with one event per transition and one mail per transition and recipient.
 */
export async function countFaults(sql: Pool, { active, asleep }: PlatformSize) {
  const [faults] = await sql<Record<string, number>[]>`
    with expected as (
      select p.id, p.team_id, p.status::text as status, p.deactivated_at,
        case when p.repo_id <= ${asleep} then 'permanently_disabled' else 'inactive' end as wanted,
        case when p.repo_id <= ${asleep} then 'permanently_disabled' else 'deactivated' end as kind,
        case when p.repo_id <= ${asleep} then 'project-permanently-disabled' else 'project-disabled' end as template
      from project p
    ), told as (
      select x.*, e.id as event_id, e.after
      from expected x left join vigie.event e on e.project_id = x.id and e.kind = x.kind
    )
    select
      ${active + asleep} - (select count(*) from expected)::integer as "projects",
      (select count(*) from expected x where x.status <> x.wanted)::integer as "statuses",
      (select count(*) from told t where t.event_id is null
        or t.after ->> 'status' <> t.status
        or t.after ->> 'deactivatedAt' <> vigie.instant(t.deactivated_at))::integer as "events",
      abs(${active + asleep} - (select count(*) from vigie.event))::integer as "eventsTooMany",
      (select count(*) from told t join team_member w on w.team_id = t.team_id
        where 1 <> (select count(*) from vigie.mail m
          where m.event_id = t.event_id and m.user_id = w.user_id and m.template = t.template))::integer as "mails",
      abs((select count(*) from team_member) - (select count(*) from vigie.mail))::integer as "mailsTooMany",
      (select count(*) from expected x left join vigie.sleeper s on s.project_id = x.id
        where x.wanted = 'inactive' and s.deactivated_at is distinct from x.deactivated_at)::integer as "sleepers",
      (select count(*) from domain d
        join expected x on x.id = d.project_id
        left join vigie.disabled_domain r on r.domain_id = d.id
        where x.wanted = 'inactive' and (d.status <> 'disabled' or r.former_status is distinct from 'active'))::integer
        as "domains",
      (select count(*) from vigie.job_run r
        where r.outcome is distinct from 'done' or r.deactivated <> ${active} or r.disabled <> ${asleep}
          or r.mails_queued <> (select count(*) from team_member))::integer as "runs",
      abs(1 - (select count(*) from vigie.job_run))::integer as "runsTooMany"`
  return Object.entries(faults ?? { nothing: 1 }).filter(([, count]) => count !== 0)
}
