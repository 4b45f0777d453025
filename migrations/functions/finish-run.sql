-- Closes a run; one that is closed already, or that somebody else has taken over, stays as it is.
-- Report: {"outcome", "skipped", "failed", "failures", "notTold", "error"}.
create or replace function vigie.finish_run(run integer, runner uuid, report jsonb)
returns void language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp as $$
begin
  update vigie.job_run r
  set finished_at = clock_timestamp(),
    heartbeat_at = clock_timestamp(),
    outcome = report ->> 'outcome',
    skipped = (report ->> 'skipped')::integer,
    failed = (report ->> 'failed')::integer,
    failures = coalesce(report -> 'failures', '[]'),
    not_told = coalesce((report ->> 'notTold')::integer, 0),
    error = nullif(report -> 'error', 'null')
  where r.id = run and r.runner is not distinct from finish_run.runner and r.finished_at is null;
  perform pg_notify('vigie', json_build_object('kind', 'run', 'runId', run)::text);
end
$$;
