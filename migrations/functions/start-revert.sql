-- Opens the run that takes a sweep back. Origin: {"entry", "machine", "version"}.
-- Returns what check_revert says if it can't be taken back, {"refusal": code}, or {"runId"}.
create or replace function vigie.start_revert(run integer, reason text, origin jsonb)
returns jsonb language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp as $$
declare
  checked jsonb;
  opened integer;
begin
  perform from vigie.job_run j where j.id = run for update;
  if found and (start_revert.reason is null or start_revert.reason !~ '\S') then
    return jsonb_build_object('refusal', 'REASON_REQUIRED');
  end if;
  checked := vigie.check_revert(run);
  if checked ? 'refusal' then
    return checked;
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
