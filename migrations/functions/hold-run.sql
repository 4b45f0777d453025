-- Stops a sweep before it writes anything: its list waits for a person. A hold that was open before is superseded.
-- Counts: as list_run returned them. Returns {"id", "expiresAt"}.
create or replace function vigie.hold_run(run integer, runner uuid, brakes jsonb, counts jsonb)
returns jsonb language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp as $$
declare
  r vigie.job_run;
  h vigie.hold;
begin
  select * into r from vigie.job_run j
  where j.id = run and j.runner is not distinct from hold_run.runner and j.finished_at is null for no key update;
  if not found then
    raise exception 'the run is not this runner''s' using errcode = 'VG001';
  end if;
  perform vigie.supersede_hold();
  insert into vigie.hold (run_id, expires_at, brakes, deactivated, disabled)
  values (run, now() + make_interval(hours => (select y.hold_hours from vigie.policy y)), hold_run.brakes,
    (counts ->> 'deactivated')::integer, (counts ->> 'disabled')::integer)
  returning * into h;
  update vigie.job_run j
  set finished_at = clock_timestamp(), heartbeat_at = clock_timestamp(), outcome = 'held',
    not_told = coalesce((counts ->> 'notTold')::integer, 0)
  where j.id = run;
  insert into vigie.event (kind, run_id, entry, machine, version, after)
  values ('held', run, r.entry, r.machine, r.version, jsonb_build_object('holdId', h.id, 'brakes', hold_run.brakes));
  perform pg_notify('vigie', json_build_object('kind', 'run', 'runId', run)::text);
  perform pg_notify('vigie', json_build_object('kind', 'hold', 'holdId', h.id)::text);
  return jsonb_build_object('id', h.id, 'expiresAt', vigie.instant(h.expires_at at time zone 'utc'));
end
$$;
