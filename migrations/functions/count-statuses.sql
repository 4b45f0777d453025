-- The daily counts: how many projects were in each status at the end of the last UTC day, as of now. Of a day that was
-- counted already nothing changes. Returns {"day", "isCounted"}: false if it had been.
create or replace function vigie.count_statuses()
returns jsonb language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp as $$
declare
  last_day date := (now() at time zone 'utc')::date - 1;
  written integer;
begin
  if exists (select from vigie.status_day d where d.day = last_day) then
    return jsonb_build_object('day', last_day, 'isCounted', false);
  end if;
  insert into vigie.status_day (day, status, projects)
  select last_day, s.status, coalesce(c.projects, 0)
  from unnest(array['active', 'inactive', 'permanently_disabled', 'paused', 'deleted']) as s (status)
  left join (select p.status::text as status, count(*) as projects from public.project p group by 1) c
    on c.status = s.status
  on conflict do nothing;
  get diagnostics written = row_count;
  return jsonb_build_object('day', last_day, 'isCounted', written > 0);
end
$$;
