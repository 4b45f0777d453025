-- Ends an exclusion and takes it back: the hits that it kept apart are counted on their days, as long as those are kept,
-- and last_traffic_at of active projects moves forward to the last of them. Sleepers stay asleep: a person wakes them.
-- Origin: {"entry", "machine", "version"}. Locks: flushes wait; the exclusion; projects in the order of ids.
-- Returns {"refusal": code} or {"id", "hits": what is counted now, "moved": projects}.
create or replace function vigie.end_exclusion(id integer, reason text, origin jsonb)
returns jsonb language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp as $$
declare
  former text;
  taken_back bigint;
  moved integer;
begin
  if reason is null or reason !~ '\S' then
    return jsonb_build_object('refusal', 'REASON_REQUIRED');
  end if;
  -- Before the exclusion's row, as flush_intake does.
  perform pg_advisory_xact_lock(hashtext('vigie.flush_intake'));
  select x.status into former from vigie.exclusion x
  where x.id = end_exclusion.id and x.status <> 'ended' for update;
  if not found then
    return jsonb_build_object('refusal', 'EXCLUSION_NOT_FOUND');
  end if;
  update vigie.exclusion x set status = 'ended', ended_at = clock_timestamp() where x.id = end_exclusion.id;

  with latest as (
    select d.project_id, max(d.last_at) at time zone 'utc' as at from vigie.excluded_day d
    where d.exclusion_id = end_exclusion.id and not d.is_counted group by 1
  ), locked as (
    select p.id, l.at from latest l join public.project p on p.id = l.project_id
    where p.status = 'active' and (p.last_traffic_at is null or p.last_traffic_at < l.at)
    order by p.id for no key update of p
  )
  update public.project p set last_traffic_at = l.at
  from locked l
  where p.id = l.id and p.status = 'active' and (p.last_traffic_at is null or p.last_traffic_at < l.at);
  get diagnostics moved = row_count;

  with taken as (
    delete from vigie.excluded_day d where d.exclusion_id = end_exclusion.id and not d.is_counted
    returning d.project_id, d.day, d.exclusion_id, d.hits, d.last_at
  ), counted as (
    insert into vigie.traffic_day as t (project_id, day, hits)
    select k.project_id, k.day, k.hits from taken k
    on conflict (project_id, day) do update set hits = t.hits + excluded.hits
  ), tallied as (
    insert into vigie.excluded_day as t (project_id, day, exclusion_id, is_counted, hits, last_at)
    select k.project_id, k.day, k.exclusion_id, true, k.hits, k.last_at from taken k
    on conflict (project_id, day, exclusion_id, is_counted)
    do update set hits = t.hits + excluded.hits, last_at = greatest(t.last_at, excluded.last_at)
  )
  select coalesce(sum(k.hits), 0) into taken_back from taken k;

  with taken as (
    delete from vigie.last_hit h where h.is_excluded and h.exclusion_id = end_exclusion.id returning h.*
  )
  insert into vigie.last_hit as t (project_id, is_excluded, at, hostname, client, intake_id)
  select k.project_id, false, k.at, k.hostname, k.client, k.intake_id from taken k
  on conflict (project_id, is_excluded) do update set at = excluded.at, hostname = excluded.hostname,
    client = excluded.client, intake_id = excluded.intake_id
  where t.at < excluded.at;

  perform vigie.note_exclusion(end_exclusion.id, former, reason, origin);
  if moved > 0 then
    perform pg_notify('vigie', json_build_object('kind', 'traffic', 'moved', moved)::text);
  end if;
  return jsonb_build_object('id', end_exclusion.id, 'hits', taken_back, 'moved', moved);
end
$$;
