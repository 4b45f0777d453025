-- A runner that has to end before its tick's run has ended gives it up: whoever looks next takes it over, without the two
-- minutes of silence that tell a runner that died. Nothing happens if it is somebody else's by now.
create or replace function vigie.give_up_run(run integer, runner uuid)
returns void language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp as $$
begin
  update vigie.job_run r
  set runner = null, heartbeat_at = clock_timestamp() - interval '2 minutes'
  where r.id = run and r.runner = give_up_run.runner and r.tick is not null and r.finished_at is null;
  if found then
    perform pg_notify('vigie', json_build_object('kind', 'run', 'runId', run)::text);
  end if;
end
$$;
