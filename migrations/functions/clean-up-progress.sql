-- A cleanup of deployments says that it lives, and how many containers it has removed since it said so last. The runner
-- must still have the run (claim_tick), or VG001 is raised.
create or replace function vigie.clean_up_progress(run integer, runner uuid, removed integer)
returns void language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp as $$
begin
  update vigie.job_run r
  set heartbeat_at = clock_timestamp(), containers_removed = r.containers_removed + removed
  where r.id = run and r.job = 'cleanup' and r.runner is not distinct from clean_up_progress.runner
    and r.finished_at is null;
  if not found then
    raise exception 'the run is not this runner''s' using errcode = 'VG001';
  end if;
end
$$;
