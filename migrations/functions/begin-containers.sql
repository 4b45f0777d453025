-- Before an agent touches containers: decides again, under the locks of their projects' rows, which of these deployments
-- still need it, and puts on record that nobody knows whether they run until settle_containers, so that the death of an
-- agent in between is mended by the next one. What somebody else holds is left for the next pass.
-- Returns {"stoppedBy": "pause", "gap" or null, "containers": [{"deploymentId", "projectId", "containerId", "slug",
-- "wasInDoubt"}]}.
create or replace function vigie.begin_containers(action text, deployments varchar[])
returns jsonb language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_custom_plan as $$
declare
  held varchar[];
  chosen jsonb;
begin
  if action not in ('stop', 'start', 'remove', 'clean') then
    raise exception 'unknown action' using errcode = 'invalid_parameter_value';
  elsif exists (select from vigie.pause p where p.part = 'containers') then
    return jsonb_build_object('stoppedBy', 'pause', 'containers', '[]'::jsonb);
  elsif exists (select from vigie.gap g where g.resolved_at is null) then
    return jsonb_build_object('stoppedBy', 'gap', 'containers', '[]'::jsonb);
  end if;
  held := array(
    select p.id from public.project p
    where p.id in (select d.project_id from unnest(deployments) as i (id) join public.deployment d on d.id = i.id)
    order by p.id for no key update skip locked);
  -- A statement of its own after the locks: it sees status, aliases and edges of now.
  with work as materialized (
    select w.deployment_id, w.project_id, w.container_id, w.slug, coalesce(s.is_in_doubt, false) as was_in_doubt
    from vigie.container_work(action, deployments) w
    left join vigie.stopped_container s on s.deployment_id = w.deployment_id
    where w.project_id = any (held)
  ), noted as (
    insert into vigie.stopped_container (deployment_id, project_id, container_id, is_in_doubt)
    select w.deployment_id, w.project_id, w.container_id, true from work w order by w.deployment_id
    on conflict (deployment_id) do update
    set is_in_doubt = true, project_id = excluded.project_id, container_id = excluded.container_id
  )
  select coalesce(jsonb_agg(jsonb_build_object('deploymentId', w.deployment_id, 'projectId', w.project_id,
    'containerId', w.container_id, 'slug', w.slug, 'wasInDoubt', w.was_in_doubt) order by w.deployment_id), '[]')
  into chosen from work w;
  return jsonb_build_object('stoppedBy', null, 'containers', chosen);
end
$$;
