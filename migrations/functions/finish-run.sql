-- Closes a run; a run that is closed already stays as it is. Report: {"outcome", "skipped", "failed", "failures", "error"}.
create or replace function vigie.finish_run(run integer, report jsonb)
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
    error = nullif(report -> 'error', 'null')
  where r.id = run and r.finished_at is null;
  perform pg_notify('vigie', json_build_object('kind', 'run', 'runId', run)::text);
end
$$;
