-- One batch of a sweep, in the transaction of its caller: those of the ids that are due are moved on, with all effects
-- of their stage. Nobody waits: rows that somebody else holds are left and returned as "busy", to be tried once more.
-- The runner must still have the run (claim_tick), or VG001 is raised. A sweep that nobody watches leaves alone, as
-- "notTold", whom no mail has reached. Returns {"moved", "mails", "notTold", "busy": [ids], "isCancelRequested", "isPaused"}.
create or replace function vigie.sweep_batch(run integer, runner uuid, stage text, ids varchar[])
returns jsonb language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_custom_plan as $$
declare
  now_utc timestamp := now() at time zone 'utc';
  r vigie.job_run;
  held varchar[];
  busy varchar[];
  due varchar[];
  overdue varchar[];
  teams varchar[];
  moved integer;
  mails integer;
begin
  if stage not in ('deactivate', 'disable') then
    raise exception 'unknown stage' using errcode = 'invalid_parameter_value';
  end if;
  perform vigie.ensure_partitions(now());
  -- While a batch is on its way nobody takes its run over (claim_tick); asking for the end of it need not wait.
  perform pg_advisory_xact_lock_shared(hashtextextended('vigie.run ' || run, 0));
  select * into r from vigie.job_run j
  where j.id = run and j.runner is not distinct from sweep_batch.runner and j.finished_at is null;
  if not found then
    raise exception 'the run is not this runner''s' using errcode = 'VG001';
  end if;
  if exists (select from vigie.pause p where p.part = 'sweep') then
    return jsonb_build_object('moved', 0, 'mails', 0, 'notTold', 0, 'busy', '[]'::jsonb,
      'isCancelRequested', false, 'isPaused', true);
  end if;

  -- "no key", so that deployments of these projects are not blocked meanwhile.
  -- Ids are joined by unnest: of a long constant array the planner would weigh each element, in each condition.
  held := array(
    select p.id from unnest(ids) as i (id) join public.project p on p.id = i.id
    order by p.id for no key update of p skip locked);
  if stage = 'deactivate' then
    held := array(
      select h.id from unnest(held) as h (id)
      except
      select d.project_id from unnest(held) as h (id) join public.domain d on d.project_id = h.id
      where d.status = 'active'
        and d.id <> all (array(
          select f.id from unnest(held) as h (id) join public.domain f on f.project_id = h.id
          where f.status = 'active'
          order by f.id for no key update of f skip locked)));
  end if;
  -- One that the platform has deleted since it was listed is nobody's.
  busy := array(
    select i.id from unnest(ids) as i (id)
    where i.id <> all (held) and exists (select from public.project p where p.id = i.id));

  -- A statement of its own after the locks: it sees the traffic, plan, status and exemption of now.
  due := array(
    select o.project_id from unnest(held) as h (id) join vigie.overdue(stage) o on o.project_id = h.id
    where o.is_due
      -- Woken outside, or fallen back to the free plan, and not noticed yet: its clock is about to restart.
      and not exists (
        select from vigie.seen s
        where stage = 'deactivate' and s.project_id = o.project_id and (s.status <> 'active' or s.plan_kind = 'paid')));
  overdue := due;
  if stage = 'disable' and r.tick is not null then
    due := array(
      select i.id from unnest(overdue) as i (id) join public.project p on p.id = i.id
      where not vigie.is_not_told(p.id, p.deactivated_at));
    -- Listed, so that people see who it is.
    insert into vigie.run_project (run_id, stage, project_id, is_not_told)
    select run, sweep_batch.stage, i.id, true from unnest(overdue) as i (id) where i.id <> all (due)
    on conflict on constraint run_project_pkey do update set is_not_told = true;
  end if;
  teams := array(select distinct p.team_id from unnest(due) as i (id) join public.project p on p.id = i.id);

  with old as (
    select p.id, p.team_id, p.status, p.last_traffic_at, p.created_at, p.deactivated_at
    from unnest(due) as i (id) join public.project p on p.id = i.id
  ), changed as (
    update public.project p
    set status = (case when stage = 'deactivate' then 'inactive' else 'permanently_disabled' end)::public.project_status,
      deactivated_at = now_utc
    from old where p.id = old.id
    returning old.id, old.team_id, old.status as former_status, p.status, p.reactivation_count,
      greatest(old.last_traffic_at, old.created_at) as last_activity_at, old.deactivated_at as former_deactivated_at
  ), forgotten as (
    delete from vigie.disabled_domain x
    using unnest(due) as i (id)
    where stage = 'deactivate' and x.project_id = i.id
      and not exists (select from public.domain d where d.id = x.domain_id and d.status = 'active')
  ), silenced as (
    update public.domain d set status = 'disabled'
    from unnest(due) as i (id)
    where stage = 'deactivate' and d.project_id = i.id and d.status = 'active'
    returning d.id, d.project_id
  ), remembered as (
    insert into vigie.disabled_domain (domain_id, project_id, former_status)
    select s.id, s.project_id, 'active' from silenced s
    on conflict (domain_id) do update set project_id = excluded.project_id, former_status = excluded.former_status
  ), asleep as (
    insert into vigie.sleeper (project_id, deactivated_at)
    select c.id, now_utc from changed c where stage = 'deactivate'
    on conflict (project_id) do update set deactivated_at = excluded.deactivated_at
  ), told as (
    insert into vigie.event (kind, project_id, team_id, run_id, entry, machine, version, reason, before, after)
    select
      case when stage = 'deactivate' then 'deactivated' else 'permanently_disabled' end,
      c.id, c.team_id, run, r.entry, r.machine, r.version,
      case when stage = 'deactivate' then 'no_traffic' else 'still_inactive' end,
      jsonb_build_object('status', c.former_status, 'lastActivityAt', vigie.instant(c.last_activity_at),
        'deactivatedAt', vigie.instant(c.former_deactivated_at), 'reactivationCount', c.reactivation_count),
      jsonb_build_object('status', c.status, 'deactivatedAt', vigie.instant(now_utc),
        'domainsDisabled', coalesce(n.domains, 0))
    from changed c
    left join (select s.project_id, count(*) as domains from silenced s group by 1) n on n.project_id = c.id
    returning id, project_id, team_id
  ), queued as (
    insert into vigie.mail (event_id, project_id, run_id, template, user_id, address)
    select e.id, e.project_id, run,
      case when stage = 'deactivate' then 'project-disabled' else 'project-permanently-disabled' end,
      w.user_id, w.address
    from told e join vigie.recipients(teams) w on w.team_id = e.team_id
    -- A platform may list a person twice in a team.
    on conflict do nothing
    returning 1
  )
  select (select count(*) from changed), (select count(*) from queued) into moved, mails;
  perform vigie.keep_seen(due);

  update vigie.job_run j
  set heartbeat_at = clock_timestamp(),
    deactivated = j.deactivated + case when stage = 'deactivate' then moved else 0 end,
    disabled = j.disabled + case when stage = 'disable' then moved else 0 end,
    mails_queued = j.mails_queued + mails,
    -- A release accounts for its whole list; any other sweep takes what is due, and nothing is missing from it.
    left_alone = case when j.releases_hold_id is null then j.left_alone else jsonb_strip_nulls(jsonb_build_object(
      'gone', nullif(coalesce((j.left_alone ->> 'gone')::integer, 0)
        + cardinality(ids) - cardinality(held) - cardinality(busy), 0),
      'noLongerDue', nullif(coalesce((j.left_alone ->> 'noLongerDue')::integer, 0)
        + cardinality(held) - cardinality(overdue), 0))) end
  where j.id = run
  returning j.* into r;
  if moved > 0 then
    perform pg_notify('vigie', json_build_object(
      'kind', 'sweep', 'runId', run, 'stage', stage, 'moved', moved)::text);
  end if;
  return jsonb_build_object('moved', moved, 'mails', mails, 'notTold', cardinality(overdue) - cardinality(due),
    'busy', to_jsonb(busy), 'isCancelRequested', r.cancel_requested_at is not null, 'isPaused', false);
end
$$;
