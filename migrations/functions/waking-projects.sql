-- The active projects whose containers are not up again yet: routing leaves them on the blocked page until they run, as
-- long as an agent that starts containers is alive and not paused, and it has not failed three times.
create or replace function vigie.waking_projects()
returns table (project_id varchar) language sql stable as $$
  select distinct s.project_id
  from vigie.stopped_container s join public.project p on p.id = s.project_id
  where p.status = 'active' and s.attempts < 3
    and exists (
      select from vigie.agent a
      where 'containers' = any (a.parts) and a.stopped_at is null
        and a.heartbeat_at > clock_timestamp() - interval '2 minutes')
    and not exists (select from vigie.pause x where x.part = 'containers')
$$;
