-- Gives a last_traffic_at to at most max_rows projects that have none: the instant of their last edit (never a future
-- one) or of now. Returns how many it was; zero means that none is left.
create or replace function vigie.init_traffic(source text, max_rows integer)
returns integer language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp as $$
declare
  now_utc timestamp := now() at time zone 'utc';
  initialised integer;
begin
  if source not in ('updated-at', 'now') then
    raise exception 'unknown source' using errcode = 'invalid_parameter_value';
  end if;
  update public.project p
  set last_traffic_at = case when source = 'now' then now_utc else least(p.updated_at, now_utc) end
  where p.id = any (array(
      select o.id from public.project o where o.last_traffic_at is null limit max_rows for no key update))
    and p.last_traffic_at is null;
  get diagnostics initialised = row_count;
  if initialised > 0 then
    perform pg_notify('vigie', json_build_object('kind', 'traffic', 'moved', initialised)::text);
  end if;
  return initialised;
end
$$;
