-- What taking a sweep back would do now, or why it can't be taken back. Writes and locks nothing.
-- Returns {"refusal"?: code, "why"?, "days"?, "active", "inactive", "leftAlone": {why: projects}}.
create or replace function vigie.check_revert(run integer)
returns jsonb language plpgsql stable security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_custom_plan as $$
declare
  r vigie.job_run;
  days integer := (select y.revert_days from vigie.policy y);
  since timestamptz;
  counts jsonb := '{"active": 0, "inactive": 0, "leftAlone": {}}';
  refused jsonb;
begin
  select * into r from vigie.job_run j where j.id = run;
  if not found then
    return counts || jsonb_build_object('refusal', 'RUN_NOT_FOUND');
  end if;
  refused := counts || jsonb_build_object('refusal', 'RUN_NOT_REVERTIBLE');
  if r.job <> 'sweep' then
    return refused || jsonb_build_object('why', 'not_a_sweep');
  elsif r.is_preview then
    return refused || jsonb_build_object('why', 'preview');
  elsif r.outcome = 'held' then
    return refused || jsonb_build_object('why', 'held');
  elsif r.finished_at is null and r.heartbeat_at >= clock_timestamp() - interval '2 minutes' then
    return refused || jsonb_build_object('why', 'running');
  elsif coalesce(r.finished_at, r.heartbeat_at) < clock_timestamp() - make_interval(days => days) then
    return refused || jsonb_build_object('why', 'too_old', 'days', days);
  elsif r.deactivated + r.disabled = 0 then
    return refused || jsonb_build_object('why', 'changed_nothing');
  end if;

  since := r.started_at - interval '1 day';
  with verdict as (
    select v.why, v.former_status
    from vigie.revert_verdicts(run, since, array(
      select e.id from vigie.event e
      where e.run_id = run and e.created_at >= since and e.kind in ('deactivated', 'permanently_disabled'))) v
  )
  select jsonb_build_object(
    'active', count(*) filter (where v.why is null and v.former_status = 'active'),
    'inactive', count(*) filter (where v.why is null and v.former_status <> 'active'),
    'leftAlone', (
      select coalesce(jsonb_object_agg(w.why, w.projects), '{}')
      from (select o.why, count(*) as projects from verdict o where o.why is not null group by 1) w))
  into counts
  from verdict v;
  if (counts ->> 'active')::integer + (counts ->> 'inactive')::integer = 0 then
    return counts || jsonb_build_object('refusal', 'RUN_NOT_REVERTIBLE', 'why', 'nothing_left');
  end if;
  return counts;
end
$$;
