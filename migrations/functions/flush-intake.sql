-- Counts what an intake has seen, with its position, in one transaction: nothing is counted twice and nothing skipped.
-- Only what is routed counts (active and paused projects); last_traffic_at of active ones moves forward, never past the
-- database's now, and at most every 5 minutes, since it is an indexed column of a wide row. A position that is the
-- committed one already was sent again by somebody who did not hear the answer: it counts nothing.
-- counts: {"counted": [{"project", "day", "hits", "at", "hostname", "client"}],
--   "excluded": [the same with "exclusion", "isCounted"], "hours": [{"hour", "hits", "excluded"}]}.
-- What an exclusion kept apart that has ended meanwhile is counted. covered_from null: where the intake left off.
-- Locks: the intake, then flushes take turns, then projects in the order of ids. VG002: another process feeds the intake,
-- or it was retired. Returns how many projects moved.
create or replace function vigie.flush_intake(
  intake integer, feeder uuid, "position" jsonb, covered_from timestamptz, covered_until timestamptz,
  garbage bigint, unknown bigint, counts jsonb)
returns integer language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_custom_plan as $$
declare
  i vigie.intake;
  present timestamptz := clock_timestamp();
  today date := (present at time zone 'utc')::date;
  moved integer;
begin
  select * into i from vigie.intake o where o.id = intake and o.feeder = flush_intake.feeder for update;
  if not found then
    raise exception 'another process feeds this intake' using errcode = 'VG002';
  end if;
  perform vigie.extend_watch(intake, coalesce(covered_from, i.covered_until, flush_intake.covered_until),
    flush_intake.covered_until);
  if i.position = flush_intake.position then
    return 0;
  end if;
  update vigie.intake o
  set position = flush_intake.position, garbage_lines = o.garbage_lines + garbage, unknown_hits = o.unknown_hits + unknown
  where o.id = intake;
  insert into vigie.intake_hour as h (intake_id, hour, hits, excluded)
  select intake, least(g.hour, date_trunc('hour', present)), sum(g.hits), sum(g.excluded)
  from jsonb_to_recordset(counts -> 'hours') as g (hour timestamptz, hits bigint, excluded bigint)
  group by 2
  on conflict (intake_id, hour) do update set hits = h.hits + excluded.hits, excluded = h.excluded + excluded.excluded;

  -- The parts of the statement below write in no certain order: two of them at once could wait for each other.
  perform pg_advisory_xact_lock(hashtext('vigie.flush_intake'));
  perform from vigie.exclusion x where x.status <> 'ended' for share;
  with given as materialized (
    select g.project, g.day, g.hits, g.at, g.hostname, g.client, null::integer as exclusion, true as "isCounted"
    from jsonb_to_recordset(counts -> 'counted')
      as g (project varchar, day date, hits bigint, at timestamptz, hostname text, client text)
    union all
    select g.*
    from jsonb_to_recordset(counts -> 'excluded') as g (project varchar, day date, hits bigint, at timestamptz,
      hostname text, client text, exclusion integer, "isCounted" boolean)
  ), routed as materialized (
    select p.id as project, p.status, p.last_traffic_at, least(g.day, today) as day, g.hits, least(g.at, present) as at,
      g.hostname, g.client, g.exclusion, g."isCounted" as is_tallied,
      not g."isCounted" and x.status = 'applied' as is_excluded
    from given g
    join public.project p on p.id = g.project and p.status in ('active', 'paused')
    left join vigie.exclusion x on x.id = g.exclusion
    where x.status is distinct from 'ended' or not g."isCounted"
  ), counted as materialized (
    select r.* from routed r where r.exclusion is null or not r.is_tallied and not r.is_excluded
  ), days as (
    insert into vigie.traffic_day as t (project_id, day, hits)
    select c.project, c.day, sum(c.hits) from counted c group by 1, 2
    on conflict (project_id, day) do update set hits = t.hits + excluded.hits
  ), apart as (
    insert into vigie.excluded_day as t (project_id, day, exclusion_id, is_counted, hits, last_at)
    select r.project, r.day, r.exclusion, not r.is_excluded, sum(r.hits), max(r.at)
    from routed r where r.is_excluded or r.exclusion is not null and r.is_tallied group by 1, 2, 3, 4
    on conflict (project_id, day, exclusion_id, is_counted)
    do update set hits = t.hits + excluded.hits, last_at = greatest(t.last_at, excluded.last_at)
  ), last_ones as (
    insert into vigie.last_hit as t (project_id, is_excluded, at, hostname, client, intake_id, exclusion_id)
    select distinct on (r.project, r.is_excluded) r.project, coalesce(r.is_excluded, false), r.at, r.hostname, r.client,
      flush_intake.intake, case when r.is_excluded then r.exclusion end
    from routed r where r.exclusion is null or not r.is_tallied order by r.project, r.is_excluded, r.at desc
    on conflict (project_id, is_excluded) do update set at = excluded.at, hostname = excluded.hostname,
      client = excluded.client, intake_id = excluded.intake_id, exclusion_id = excluded.exclusion_id
    where t.at < excluded.at
  ), latest as (
    select c.project, max(c.at) as at from counted c where c.status = 'active' group by c.project, c.last_traffic_at
    having c.last_traffic_at is null or max(c.at) at time zone 'utc' >= c.last_traffic_at + interval '5 minutes'
  ), locked as (
    select p.id, l.at from latest l join public.project p on p.id = l.project
    where p.status = 'active' order by p.id for no key update of p
  )
  update public.project p set last_traffic_at = l.at at time zone 'utc'
  from locked l
  where p.id = l.id and p.status = 'active'
    and (p.last_traffic_at is null or p.last_traffic_at < l.at at time zone 'utc');
  get diagnostics moved = row_count;
  if moved > 0 then
    perform pg_notify('vigie', json_build_object('kind', 'traffic', 'moved', moved)::text);
  end if;
  return moved;
end
$$;
