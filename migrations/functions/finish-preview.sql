-- Closes a run whose list was kept and that wrote nothing else.
create or replace function vigie.finish_preview(run integer, runner uuid, counts jsonb)
returns void language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp as $$
begin
  update vigie.job_run r
  set finished_at = clock_timestamp(), heartbeat_at = clock_timestamp(), outcome = 'done', is_preview = true,
    deactivated = (counts ->> 'deactivated')::integer, disabled = (counts ->> 'disabled')::integer,
    not_told = (counts ->> 'notTold')::integer
  where r.id = run and r.runner is not distinct from finish_preview.runner and r.finished_at is null;
  perform pg_notify('vigie', json_build_object('kind', 'run', 'runId', run)::text);
end
$$;
