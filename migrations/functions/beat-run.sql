-- A sign of life of a run between its batches. False: the run is closed, or somebody else has taken it over.
create or replace function vigie.beat_run(run integer, runner uuid)
returns boolean language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp as $$
begin
  update vigie.job_run r set heartbeat_at = clock_timestamp()
  where r.id = run and r.runner is not distinct from beat_run.runner and r.finished_at is null;
  return found;
end
$$;
