-- The containers with which something is to be done, the one place that decides it:
-- stop: of a sleeping project that is out of sight, what runs, and what may run since an agent died over it;
-- start: of a project that is active again, what Vigie stopped and an alias names;
-- remove: of a project that was disabled for good so many days ago (policy), on no paid plan, what is stopped;
-- clean: of any project, what runs of a deployment that was concluded over an hour ago and that no alias names; also what
-- Vigie stopped of one that is active again.
-- What failed waits for its next attempt, though not with another action. Inlined by the planner; the branches of the other
-- actions are folded away.
create or replace function vigie.container_work(action text)
returns table (deployment_id varchar, project_id varchar, container_id varchar, slug varchar)
language sql stable as $$
  select w.id, w.project_id, w.container_id, w.slug
  from (
    select d.id, d.project_id, d.container_id, p.slug
    from public.deployment d join public.project p on p.id = d.project_id
    where action = 'stop'
      and d.container_status = 'running' and d.status = 'completed'
      and p.status in ('inactive', 'permanently_disabled')
      and vigie.is_out_of_sight(p.id, p.deactivated_at)
    union all
    select d.id, d.project_id, d.container_id, p.slug
    from vigie.stopped_container s
    join public.deployment d on d.id = s.deployment_id
    join public.project p on p.id = d.project_id
    where action = 'stop'
      and s.is_in_doubt and d.container_status = 'stopped' and d.status = 'completed'
      and p.status in ('inactive', 'permanently_disabled')
      and vigie.is_out_of_sight(p.id, p.deactivated_at)
    union all
    select d.id, d.project_id, d.container_id, p.slug
    from vigie.stopped_container s
    join public.deployment d on d.id = s.deployment_id and d.container_id = s.container_id
    join public.project p on p.id = d.project_id
    where action = 'start' and p.status = 'active' and vigie.is_referenced(d.id)
    union all
    select d.id, d.project_id, d.container_id, p.slug
    from public.project p
    join public.deployment d on d.project_id = p.id
    join public.team t on t.id = p.team_id
    left join public.team_subscription b on b.team_id = p.team_id
    left join public.subscription_plan l on l.id = b.plan_id
    where action = 'remove'
      and p.status = 'permanently_disabled'
      and p.deactivated_at <= (now() at time zone 'utc')
        - make_interval(days => (select y.container_removal_days from vigie.policy y))
      and t.status <> 'deleted' and vigie.plan_kind(b.id is not null, l.name, b.status::text) <> 'paid'
      and d.container_status = 'stopped' and d.status = 'completed'
    union all
    select d.id, d.project_id, d.container_id, p.slug
    from public.deployment d
    join public.project p on p.id = d.project_id
    left join vigie.stopped_container s on s.deployment_id = d.id and s.container_id = d.container_id
    where action = 'clean'
      and d.status = 'completed' and d.concluded_at <= (now() at time zone 'utc') - interval '1 hour'
      and (d.container_status = 'running'
        or (d.container_status = 'stopped' and s.deployment_id is not null and p.status = 'active'))
      and not vigie.is_referenced(d.id)
  ) w
  left join vigie.stopped_container s on s.deployment_id = w.id
  where w.container_id is not null
    and (s.deployment_id is null or s.due_at <= now() or s.error ->> 'action' is distinct from action)
$$;
