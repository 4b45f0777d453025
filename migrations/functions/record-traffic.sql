-- Moves last_traffic_at of active projects forward: never back, never past the database's now, never anything else.
-- ids and hit_at are pairs; an id may come more than once. Returns how many projects moved.
create or replace function vigie.record_traffic(ids varchar[], hit_at timestamptz[])
returns integer language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_custom_plan as $$
declare
  moved integer;
begin
  -- In the order of ids, so that two flushes of the same projects never wait for each other in a ring.
  perform from public.project p
  where p.id = any (ids) and p.status = 'active' order by p.id for no key update;
  with hits as (
    select h.id, least(max(h.at), clock_timestamp()) at time zone 'utc' as at
    from unnest(ids, hit_at) as h (id, at) where h.at is not null group by h.id
  )
  update public.project p set last_traffic_at = hits.at
  from hits
  where p.id = hits.id and p.status = 'active' and (p.last_traffic_at is null or p.last_traffic_at < hits.at);
  get diagnostics moved = row_count;
  if moved > 0 then
    perform pg_notify('vigie', json_build_object('kind', 'traffic', 'moved', moved)::text);
  end if;
  return moved;
end
$$;
