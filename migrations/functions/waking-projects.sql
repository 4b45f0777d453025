-- The active projects whose containers are not up again yet, and that are worth waiting for: an agent that starts them is
-- alive and not paused, and it has not failed three times.
create or replace function vigie.waking_projects()
returns table (project_id varchar) language sql stable as $$
  select distinct s.project_id
  from vigie.stopped_container s
  join public.deployment d on d.id = s.deployment_id and d.container_id = s.container_id
  join public.project p on p.id = d.project_id
  where p.status = 'active' and vigie.is_referenced(d.id)
    and (s.attempts < 3 or s.error ->> 'action' is distinct from 'start')
    and exists (
      select from vigie.agent a
      where 'containers' = any (a.parts) and a.stopped_at is null
        and a.heartbeat_at > clock_timestamp() - interval '2 minutes')
    and not exists (select from vigie.pause x where x.part = 'containers')
$$;
