-- Opens a run that a person starts, and returns its id. Origin: {"entry", "machine", "version"}; "runner" stands for the
-- process that runs it. Runs of people whose runner has been silent for two minutes are closed as failed: nobody takes
-- them over. Those of ticks are (claim_tick).
create or replace function vigie.start_run(job text, origin jsonb, runner uuid default null, reason text default null)
returns integer language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp as $$
declare
  run integer;
begin
  perform vigie.ensure_partitions(now());
  update vigie.job_run r
  set finished_at = now(), outcome = 'failed', error = jsonb_build_object('code', 'RUNNER_GONE', 'message',
    'Whoever ran it was gone. What was committed is done; the rest was left due.')
  where r.finished_at is null and r.tick is null and r.heartbeat_at < now() - interval '2 minutes';
  insert into vigie.job_run (job, runner, reason, entry, machine, version)
  values (start_run.job, start_run.runner, nullif(btrim(start_run.reason), ''),
    origin ->> 'entry', origin ->> 'machine', origin ->> 'version')
  returning id into run;
  perform pg_notify('vigie', json_build_object('kind', 'run', 'runId', run)::text);
  return run;
end
$$;
