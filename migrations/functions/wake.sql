-- The one way in which an inactive project becomes active: wakes it on behalf of an owner or admin of its team, given by id
-- (null: nobody). Called by vigie.reactivate, vigie.reactivate_for_owner and vigie.reactivate_by_link, with their rights.
-- Returns what they return. A bulkId of the origin is kept on the event.
create or replace function vigie.wake(project_id varchar, owner_id integer, reason text, origin jsonb)
returns jsonb language plpgsql volatile
set search_path = pg_catalog, pg_temp as $$
declare
  now_utc timestamp;
  p public.project%rowtype;
  is_ours boolean;
  restored varchar[];
  kept varchar[];
  told_id bigint;
begin
  perform vigie.ensure_partitions(now());
  -- Columns by name: env_vars is never selected.
  select o.id, o.team_id, o.status, o.last_traffic_at, o.deactivated_at, o.reactivation_count
  into p.id, p.team_id, p.status, p.last_traffic_at, p.deactivated_at, p.reactivation_count
  from public.project o where o.id = wake.project_id for no key update;
  if not found then
    return jsonb_build_object('refusal', 'PROJECT_NOT_FOUND');
  elsif reason is null or reason !~ '\S' then
    return jsonb_build_object('refusal', 'REASON_REQUIRED');
  elsif exists (select from public.team t where t.id = p.team_id and t.status = 'deleted') then
    return jsonb_build_object('refusal', 'TEAM_DELETED');
  elsif p.status = 'permanently_disabled' then
    return jsonb_build_object('refusal', 'PROJECT_PERMANENTLY_DISABLED');
  elsif p.status <> 'inactive' then
    return jsonb_build_object('refusal', 'PROJECT_NOT_INACTIVE', 'status', p.status);
  end if;
  -- Again under the lock: who may do it can change at any time.
  if not exists (
    select from public.team_member m join public."user" u on u.id = m.user_id
    where m.team_id = p.team_id and m.role in ('owner', 'admin') and u.status <> 'deleted' and u.id = owner_id
  ) then
    return jsonb_build_object('refusal', 'NOT_OWNER_OR_ADMIN');
  end if;

  select d.is_ours, d.restored, d.kept into is_ours, restored, kept
  from vigie.restore_domains(array[p.id], false) d;

  -- Read after the locks were granted: the clock restarts at the moment of the act, not of the wait.
  now_utc := clock_timestamp() at time zone 'utc';
  update public.project o
  set status = 'active', deactivated_at = null, last_traffic_at = now_utc,
    reactivation_count = o.reactivation_count + 1
  where o.id = p.id;
  perform vigie.keep_seen(array[p.id]);

  insert into vigie.event
    (created_at, kind, project_id, team_id, entry, machine, version, on_behalf_of_user_id, reason, before, after)
  values (
    now_utc at time zone 'utc', 'reactivated', p.id, p.team_id, origin ->> 'entry', origin ->> 'machine', origin ->> 'version', owner_id,
    btrim(wake.reason),
    jsonb_build_object('status', p.status, 'deactivatedAt', vigie.instant(p.deactivated_at),
      'lastTrafficAt', vigie.instant(p.last_traffic_at), 'reactivationCount', p.reactivation_count),
    jsonb_build_object('status', 'active', 'deactivatedAt', null, 'lastTrafficAt', vigie.instant(now_utc),
      'reactivationCount', p.reactivation_count + 1, 'domainsRestored', to_jsonb(restored),
      'domainsLeft', to_jsonb(kept), 'isFirstVersionSleeper', not is_ours)
      || jsonb_strip_nulls(jsonb_build_object('bulkId', origin -> 'bulkId')))
  returning id into told_id;
  if (select y.is_reactivation_mailed from vigie.policy y) then
    insert into vigie.mail (created_at, event_id, project_id, template, user_id, address)
    select now_utc at time zone 'utc', told_id, p.id, 'project-reactivated', w.user_id, w.address
    from vigie.recipients(array[p.team_id]) w
    on conflict do nothing;
  end if;
  perform pg_notify('vigie', json_build_object('kind', 'project', 'projectId', p.id)::text);
  return jsonb_build_object('projectId', p.id, 'status', 'active', 'reactivationCount', p.reactivation_count + 1,
    'domainsRestored', cardinality(restored), 'domainsLeft', to_jsonb(kept), 'isFirstVersionSleeper', not is_ours);
end
$$;
