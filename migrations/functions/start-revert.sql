-- Opens the run that takes a sweep back. Origin: {"entry", "machine", "version"}.
-- Returns {"refusal": code, "why"?: why it can't be taken back, "days"?} or {"runId"}.
create or replace function vigie.start_revert(run integer, reason text, origin jsonb)
returns jsonb language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp as $$
declare
  r vigie.job_run;
  days integer := (select y.revert_days from vigie.policy y);
  opened integer;
begin
  select * into r from vigie.job_run j where j.id = run for update;
  if not found then
    return jsonb_build_object('refusal', 'RUN_NOT_FOUND');
  elsif start_revert.reason is null or start_revert.reason !~ '\S' then
    return jsonb_build_object('refusal', 'REASON_REQUIRED');
  elsif r.job <> 'sweep' then
    return jsonb_build_object('refusal', 'RUN_NOT_REVERTIBLE', 'why', 'not_a_sweep');
  elsif r.is_preview then
    return jsonb_build_object('refusal', 'RUN_NOT_REVERTIBLE', 'why', 'preview');
  elsif r.outcome = 'held' then
    return jsonb_build_object('refusal', 'RUN_NOT_REVERTIBLE', 'why', 'held');
  elsif r.finished_at is null and r.heartbeat_at >= clock_timestamp() - interval '2 minutes' then
    return jsonb_build_object('refusal', 'RUN_NOT_REVERTIBLE', 'why', 'running');
  elsif coalesce(r.finished_at, r.heartbeat_at) < clock_timestamp() - make_interval(days => days) then
    return jsonb_build_object('refusal', 'RUN_NOT_REVERTIBLE', 'why', 'too_old', 'days', days);
  end if;
  -- Whoever ran it is gone. Closed now, nobody takes it over while it is taken back.
  update vigie.job_run j
  set finished_at = now(), outcome = 'failed', error = jsonb_build_object('code', 'RUNNER_GONE', 'message',
    'Whoever ran it was gone. What was committed is done; the rest was left due.')
  where j.id = run and j.finished_at is null;
  opened := vigie.start_run('revert', origin);
  update vigie.job_run j
  set reverts_run_id = run, reason = btrim(start_revert.reason)
  where j.id = opened;
  return jsonb_build_object('runId', opened);
end
$$;
