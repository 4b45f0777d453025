-- Opens a run and returns its id. Origin: {"entry", "machine", "version"}. Runs whose runner has been silent for two
-- minutes are closed as failed: nobody else will.
create or replace function vigie.start_run(job text, origin jsonb)
returns integer language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp as $$
declare
  run integer;
begin
  perform vigie.ensure_partitions(now());
  update vigie.job_run r
  set finished_at = now(), outcome = 'failed', error = jsonb_build_object('code', 'RUNNER_GONE', 'message',
    'Whoever ran it was gone. What was committed is done; the rest was left due.')
  where r.finished_at is null and r.heartbeat_at < now() - interval '2 minutes';
  insert into vigie.job_run (job, entry, machine, version)
  values (start_run.job, origin ->> 'entry', origin ->> 'machine', origin ->> 'version')
  returning id into run;
  perform pg_notify('vigie', json_build_object('kind', 'run', 'runId', run)::text);
  return run;
end
$$;
