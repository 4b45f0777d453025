-- The containers with which something is to be done, the one place that decides it:
-- stop: of a sleeping project that is out of sight, what runs, and what may run since an agent died over it;
-- start: of a project that is active again, what Vigie stopped and an alias names;
-- remove: of a project that was disabled for good so many days ago (policy), on no paid plan, what is stopped;
-- clean: of any project, what runs of a deployment that was concluded over an hour ago and that no alias names; also what
-- Vigie stopped of one that is active again.
-- "ids": of these deployments alone. What failed waits for its next attempt, though not with another action.
-- Inlined by the planner, which folds the branches of the other actions away. "offset 0" keeps it from asking the functions
-- of every sleeping project, instead of the few that have a container to deal with.
create or replace function vigie.container_work(action text, ids varchar[] default null)
returns table (deployment_id varchar, project_id varchar, container_id varchar, slug varchar)
language sql stable as $$
  select w.id, w.project_id, w.container_id, w.slug
  from (
    select c.id, c.project_id, c.container_id, c.slug
    from (
      select d.id, d.project_id, d.container_id, p.slug, p.deactivated_at
      from public.deployment d join public.project p on p.id = d.project_id
      where action = 'stop' and (ids is null or d.id = any (ids))
        and d.container_status = 'running' and d.status = 'completed'
        and p.status in ('inactive', 'permanently_disabled')
      offset 0) c
    where vigie.is_out_of_sight(c.project_id, c.deactivated_at)
    union all
    select d.id, d.project_id, d.container_id, c.slug
    from (
      select s.deployment_id, p.slug, p.deactivated_at
      from vigie.stopped_container s join public.project p on p.id = s.project_id
      where action = 'stop' and (ids is null or s.deployment_id = any (ids))
        and s.is_in_doubt and p.status in ('inactive', 'permanently_disabled')
      offset 0) c
    join public.deployment d on d.id = c.deployment_id
    where d.container_status = 'stopped' and d.status = 'completed'
      and vigie.is_out_of_sight(d.project_id, c.deactivated_at)
    union all
    select d.id, d.project_id, d.container_id, c.slug
    from (
      select s.deployment_id, s.container_id, p.slug
      from vigie.stopped_container s join public.project p on p.id = s.project_id
      where action = 'start' and (ids is null or s.deployment_id = any (ids)) and p.status = 'active'
      offset 0) c
    join public.deployment d on d.id = c.deployment_id and d.container_id = c.container_id
    where vigie.is_referenced(d.id)
    union all
    select d.id, d.project_id, d.container_id, p.slug
    from public.project p
    join public.deployment d on d.project_id = p.id
    join public.team t on t.id = p.team_id
    left join public.team_subscription b on b.team_id = p.team_id
    left join public.subscription_plan l on l.id = b.plan_id
    where action = 'remove' and (ids is null or d.id = any (ids))
      and p.status = 'permanently_disabled'
      and p.deactivated_at <= (now() at time zone 'utc')
        - make_interval(days => (select y.container_removal_days from vigie.policy y))
      and t.status <> 'deleted' and vigie.plan_kind(b.id is not null, l.name, b.status::text) <> 'paid'
      and d.container_status = 'stopped' and d.status = 'completed'
    union all
    select d.id, d.project_id, d.container_id, p.slug
    from public.deployment d join public.project p on p.id = d.project_id
    where action = 'clean' and (ids is null or d.id = any (ids))
      and d.container_status = 'running' and d.status = 'completed'
      and d.concluded_at <= (now() at time zone 'utc') - interval '1 hour'
      and not exists (select from public.alias a where a.deployment_id = d.id)
      and not exists (select from public.alias a where a.previous_deployment_id = d.id)
    union all
    select d.id, d.project_id, d.container_id, c.slug
    from (
      select s.deployment_id, s.container_id, p.slug
      from vigie.stopped_container s join public.project p on p.id = s.project_id
      where action = 'clean' and (ids is null or s.deployment_id = any (ids)) and p.status = 'active'
      offset 0) c
    join public.deployment d on d.id = c.deployment_id and d.container_id = c.container_id
    where d.container_status = 'stopped' and d.status = 'completed'
      and d.concluded_at <= (now() at time zone 'utc') - interval '1 hour'
      and not vigie.is_referenced(d.id)
  ) w
  left join vigie.stopped_container s on s.deployment_id = w.id
  where w.container_id is not null
    and (s.deployment_id is null or s.due_at <= now() or s.error ->> 'action' is distinct from action)
$$;
