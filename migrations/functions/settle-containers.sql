-- What became of containers after begin_containers: [{"deploymentId", "containerId", "kind", "code", "message"}] with kind
-- stopped, started, removed, gone (the engine knows none), left (it was never touched: not the platform's) or failed
-- (tried again after 5 seconds, doubling to an hour).
-- Sets deployment.container_status and tells it on the timeline, once per project; a failure when it is the first of its
-- action, what is gone unless that was wanted. Of a deployment that has another container by now nothing is written.
-- Origin: {"entry", "machine", "version"}. Returns {"awake": [ids]}: projects that are active, though theirs were stopped.
create or replace function vigie.settle_containers(action text, outcomes jsonb, origin jsonb)
returns jsonb language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_custom_plan as $$
declare
  at timestamptz;
  awake jsonb;
begin
  if exists (select from jsonb_array_elements(outcomes) o
    where coalesce(o ->> 'kind', '') not in ('stopped', 'started', 'removed', 'gone', 'left', 'failed')) then
    raise exception 'unknown outcome' using errcode = 'invalid_parameter_value';
  end if;
  perform vigie.ensure_partitions(now());
  perform from public.project p
  where p.id in (select s.project_id from vigie.stopped_container s
    join jsonb_array_elements(outcomes) o on o ->> 'deploymentId' = s.deployment_id)
  order by p.id for no key update;

  at := clock_timestamp();
  with outcome as materialized (
    select o."deploymentId" as id, o.kind, o.code, o.message, s.project_id, s.container_id, s.stopped_at,
      s.error ->> 'action' is distinct from action as is_first
    from jsonb_to_recordset(outcomes)
      as o ("deploymentId" varchar, "containerId" varchar, kind text, code text, message text)
    join vigie.stopped_container s on s.deployment_id = o."deploymentId" and s.container_id = o."containerId"
  ), marked as (
    update public.deployment d
    set container_status = (case o.kind when 'stopped' then 'stopped' when 'started' then 'running' else 'removed' end)
      ::public.deployment_container_status
    from outcome o
    where d.id = o.id and d.container_id = o.container_id and o.kind not in ('left', 'failed')
      and (d.container_status is null or d.container_status <> 'removed')
  ), forgotten as (
    delete from vigie.stopped_container s using outcome o
    where s.deployment_id = o.id and o.kind in ('started', 'removed', 'gone', 'left')
  ), kept as (
    update vigie.stopped_container s
    set is_in_doubt = o.kind = 'failed',
      stopped_at = case when o.kind = 'stopped' then at else s.stopped_at end,
      attempts = case when o.kind = 'stopped' then 0 when o.is_first then 1 else s.attempts + 1 end,
      due_at = case when o.kind = 'stopped' then at
        when o.is_first then at + interval '5 seconds'
        else at + least(interval '1 hour', interval '5 seconds' * power(2, least(s.attempts, 12))) end,
      error = case when o.kind = 'failed'
        then jsonb_build_object('action', action, 'code', o.code, 'message', left(o.message, 500)) end
    from outcome o
    where s.deployment_id = o.id and o.kind in ('stopped', 'failed')
  ), news as (
    select o.project_id, count(*) as containers, min(o.stopped_at) as stopped_at, min(o.code) as code,
      case when o.kind in ('gone', 'failed') then 'container_failed' else 'containers_' || o.kind end as kind
    from outcome o
    where case o.kind
      when 'failed' then o.is_first when 'gone' then action in ('stop', 'start') else o.kind <> 'left' end
    group by o.project_id, 5
  )
  insert into vigie.event (created_at, kind, project_id, team_id, entry, machine, version, after)
  select at, n.kind, n.project_id, p.team_id, origin ->> 'entry', origin ->> 'machine', origin ->> 'version',
    jsonb_build_object('containers', n.containers)
      || case n.kind
        when 'container_failed' then jsonb_build_object('action', action, 'code', n.code)
        when 'containers_started' then jsonb_build_object('afterSeconds', (
          select round(extract(epoch from at - max(e.created_at))::numeric, 1)
          from vigie.event e
          where e.project_id = n.project_id and e.created_at >= n.stopped_at
            and e.kind in ('reactivated', 'reverted', 'changed_outside', 'woken_by_upgrade')))
        else '{}' end
  from news n left join public.project p on p.id = n.project_id;

  select coalesce(jsonb_agg(distinct p.id), '[]') into awake
  from jsonb_to_recordset(outcomes) as o ("deploymentId" varchar, kind text)
  join vigie.stopped_container s on s.deployment_id = o."deploymentId"
  join public.project p on p.id = s.project_id
  where o.kind = 'stopped' and p.status = 'active';
  perform pg_notify('vigie', json_build_object('kind', 'edge')::text);
  return jsonb_build_object('awake', awake);
end
$$;
