-- One batch of a revert, in the transaction of its caller: the projects of these events of the run that is taken back
-- get the state from before, where nothing else happened to them since. reactivation_count and last_traffic_at stay: a
-- revert corrects a run and is no reactivation. Nobody waits: what somebody else holds is returned as "busy".
-- Returns {"moved", "busy": [event ids], "isCancelRequested"}; what is left alone is added up in job_run.left_alone.
create or replace function vigie.revert_batch(run integer, event_ids bigint[])
returns jsonb language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_custom_plan as $$
declare
  r vigie.job_run;
  -- No event that matters is older: it lets PostgreSQL pass the partitions of former months by.
  since timestamptz;
  held varchar[];
  busy bigint[];
  chosen bigint[];
  sleepers varchar[];
  moved varchar[];
  alone jsonb;
  domains jsonb;
  woken integer;
begin
  perform vigie.ensure_partitions(now());
  select * into r from vigie.job_run j where j.id = run and j.job = 'revert' and j.finished_at is null;
  if not found then
    raise exception 'the run is not open' using errcode = 'object_not_in_prerequisite_state';
  end if;
  select j.started_at - interval '1 day' into since from vigie.job_run j where j.id = r.reverts_run_id;

  held := array(
    select p.id
    from unnest(event_ids) as i (id)
    join vigie.event e on e.id = i.id and e.run_id = r.reverts_run_id and e.created_at >= since
    join public.project p on p.id = e.project_id
    order by p.id for no key update of p skip locked);
  held := array(
    select h.id from unnest(held) as h (id)
    except
    select d.project_id
    from unnest(held) as h (id)
    join vigie.disabled_domain x on x.project_id = h.id
    join public.domain d on d.id = x.domain_id and d.project_id = h.id
    where d.id <> all (array(
      select f.id
      from unnest(held) as h (id)
      join vigie.disabled_domain x on x.project_id = h.id
      join public.domain f on f.id = x.domain_id
      order by f.id for no key update of f skip locked)));

  -- A statement of its own after the locks: it sees what happened until now.
  with verdict as (
    select v.event_id, v.project_id, v.former_status,
      case when v.why is distinct from 'gone' and v.project_id <> all (held) then 'busy' else v.why end as why
    from vigie.revert_verdicts(r.reverts_run_id, since, event_ids) v
  )
  select array_agg(v.event_id) filter (where v.why = 'busy'),
    array_agg(v.event_id) filter (where v.why is null),
    array_agg(v.project_id) filter (where v.why is null),
    array_agg(v.project_id) filter (where v.why is null and v.former_status = 'active'),
    (select jsonb_object_agg(w.why, w.projects) from (
      select o.why, count(*) as projects from verdict o where o.why <> 'busy' group by 1) w)
  into busy, chosen, moved, sleepers, alone
  from verdict v;

  -- As they were when the run came: the second stage changed neither domains nor what is remembered of them.
  select jsonb_object_agg(d.project_id, jsonb_build_object(
    'domainsRestored', to_jsonb(d.restored), 'domainsLeft', to_jsonb(d.kept)))
  into domains
  from vigie.restore_domains(sleepers, true) d;

  with old as (
    select e.id as event_id, e.created_at, e.project_id, e.before ->> 'status' as former_status,
      (e.before ->> 'deactivatedAt')::timestamp as former_deactivated_at, p.team_id, p.status, p.deactivated_at
    from unnest(chosen) as i (id)
    join vigie.event e on e.id = i.id and e.run_id = r.reverts_run_id and e.created_at >= since
    join public.project p on p.id = e.project_id
  ), changed as (
    update public.project p
    set status = o.former_status::public.project_status, deactivated_at = o.former_deactivated_at
    from old o where p.id = o.project_id
    returning o.former_status
  ), told as (
    insert into vigie.event (kind, project_id, team_id, run_id, entry, machine, version, reason, before, after)
    select 'reverted', o.project_id, o.team_id, run, r.entry, r.machine, r.version, r.reason,
      jsonb_build_object('status', o.status, 'deactivatedAt', vigie.instant(o.deactivated_at)),
      jsonb_build_object('status', o.former_status, 'deactivatedAt', vigie.instant(o.former_deactivated_at),
        'revertedRunId', r.reverts_run_id, 'revertedEventId', o.event_id)
        || coalesce(domains -> o.project_id, '{}')
    from old o
  ), cancelled as (
    -- One that is being sent right now is its sender's: it ends as what the server says, or is cancelled at the next lease.
    update vigie.mail m
    set status = 'cancelled', ended_at = now(), lease = null, leased_until = null,
      answer = jsonb_build_object('code', 'REVERTED', 'message', 'The sweep that it tells of was taken back.')
    from old o
    where m.event_id = o.event_id and m.created_at = o.created_at and m.status = 'queued'
      and (m.leased_until is null or m.leased_until <= clock_timestamp())
  )
  select count(*) filter (where c.former_status = 'active') into woken from changed c;
  perform vigie.keep_seen(moved);

  update vigie.job_run j
  set heartbeat_at = clock_timestamp(),
    deactivated = j.deactivated + woken,
    disabled = j.disabled + coalesce(cardinality(moved), 0) - woken,
    left_alone = (
      select coalesce(jsonb_object_agg(s.why, s.projects), '{}')
      from (
        select l.key as why, sum(l.value::integer) as projects
        from (select * from jsonb_each_text(j.left_alone) union all select * from jsonb_each_text(alone)) l
        group by 1) s)
  where j.id = run
  returning j.* into r;
  if moved is not null then
    perform pg_notify('vigie', json_build_object('kind', 'revert', 'runId', run, 'moved', cardinality(moved))::text);
  end if;
  return jsonb_build_object('moved', coalesce(cardinality(moved), 0), 'busy', to_jsonb(coalesce(busy, '{}')),
    'isCancelRequested', r.cancel_requested_at is not null);
end
$$;
