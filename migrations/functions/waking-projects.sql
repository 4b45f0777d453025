-- The active projects whose containers are not up again yet, and that are worth waiting for: an agent that starts them is
-- alive and not paused, and it has not failed three times. "offset 0": as in container_work.
create or replace function vigie.waking_projects()
returns table (project_id varchar) language sql stable as $$
  select distinct c.project_id
  from (
    select s.deployment_id, s.project_id, s.container_id
    from vigie.stopped_container s join public.project p on p.id = s.project_id
    where p.status = 'active' and (s.attempts < 3 or s.error ->> 'action' is distinct from 'start')
      and exists (
        select from vigie.agent a
        where 'containers' = any (a.parts) and a.stopped_at is null
          and a.heartbeat_at > clock_timestamp() - interval '2 minutes')
      and not exists (select from vigie.pause x where x.part = 'containers')
    offset 0) c
  join public.deployment d on d.id = c.deployment_id and d.container_id = c.container_id
  where vigie.is_referenced(d.id)
$$;
