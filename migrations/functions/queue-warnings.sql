-- Warns the owners of projects that will be due to be put to sleep within the policy's warning_hours, if the policy says so:
-- one event and its mails for each time that a project goes unvisited. Origin: {"entry", "machine", "version"}.
-- Returns how many projects were warned of, at most max_projects.
create or replace function vigie.queue_warnings(origin jsonb, max_projects integer)
returns integer language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_custom_plan as $$
declare
  ahead interval;
  ids varchar[];
  teams varchar[];
begin
  select make_interval(hours => y.warning_hours) into ahead from vigie.policy y where y.is_warning_mailed;
  if ahead is null then
    return 0;
  end if;
  perform vigie.ensure_partitions(now());
  ids := array(
    select o.project_id
    from vigie.overdue('deactivate', ahead) o
    where o.is_due and not exists (
      select from vigie.event e
      where e.project_id = o.project_id and e.kind = 'warned' and e.created_at > o.sort_at at time zone 'utc')
    order by o.sort_at, o.project_id limit max_projects);
  -- Under the lock: what was visited or warned of meanwhile is left out.
  ids := array(
    select p.id from unnest(ids) as i (id) join public.project p on p.id = i.id
    order by p.id for no key update of p skip locked);
  ids := array(
    select o.project_id from unnest(ids) as i (id) join vigie.overdue('deactivate', ahead) o on o.project_id = i.id
    where o.is_due and not exists (
      select from vigie.event e
      where e.project_id = o.project_id and e.kind = 'warned' and e.created_at > o.sort_at at time zone 'utc'));
  if cardinality(ids) = 0 then
    return 0;
  end if;
  teams := array(select distinct p.team_id from unnest(ids) as i (id) join public.project p on p.id = i.id);
  with told as (
    insert into vigie.event (kind, project_id, team_id, entry, machine, version, before)
    select 'warned', p.id, p.team_id, origin ->> 'entry', origin ->> 'machine', origin ->> 'version',
      jsonb_build_object('lastActivityAt', vigie.instant(greatest(p.last_traffic_at, p.created_at)))
    from unnest(ids) as i (id) join public.project p on p.id = i.id
    returning id, project_id, team_id
  )
  insert into vigie.mail (event_id, project_id, template, user_id, address)
  select t.id, t.project_id, 'project-warning', w.user_id, w.address
  from told t join vigie.recipients(teams) w on w.team_id = t.team_id
  on conflict do nothing;
  perform pg_notify('vigie', json_build_object('kind', 'mail', 'queued', cardinality(ids))::text);
  return cardinality(ids);
end
$$;
