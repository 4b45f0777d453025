-- Claims a tick for a runner: opens its run, or takes over the run of a runner that has been silent for two minutes, which
-- from then on is refused each batch. Returns {"runId", "isTakenOver"}; null where there is nothing to do: the tick is not
-- due by the database's clock, older than 20 hours, from before Vigie's first migration, of a paused part, or somebody
-- else's. A run that nobody ended within these 20 hours is closed as failed when the next one opens. At most one sweep of a
-- UTC day has a tick, whatever became of the schedule meanwhile.
create or replace function vigie.claim_tick(job text, tick timestamptz, runner uuid, origin jsonb)
returns jsonb language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp set lock_timeout = '20s' as $$
declare
  run integer;
begin
  if tick > now() or tick < now() - interval '20 hours'
    or tick < (select min(m.applied_at) from vigie.migration m)
    or exists (select from vigie.pause p
      where p.part = case claim_tick.job when 'sweep' then 'sweep' when 'cleanup' then 'containers' end) then
    return null;
  end if;
  perform vigie.ensure_partitions(now());
  -- Looked for first, since an insert that meets a conflict takes a number all the same.
  insert into vigie.job_run (job, tick, runner, entry, machine, version)
  select claim_tick.job, claim_tick.tick, claim_tick.runner,
    origin ->> 'entry', origin ->> 'machine', origin ->> 'version'
  where not exists (
    select from vigie.job_run o
    where o.job = claim_tick.job and (o.tick = claim_tick.tick or (o.job = 'sweep'
      and (o.tick at time zone 'utc')::date = (claim_tick.tick at time zone 'utc')::date)))
  on conflict do nothing
  returning id into run;
  if run is null then
    update vigie.job_run r
    set runner = claim_tick.runner, heartbeat_at = clock_timestamp(),
      entry = origin ->> 'entry', machine = origin ->> 'machine', version = origin ->> 'version'
    where r.id = (
        select o.id from vigie.job_run o
        where o.job = claim_tick.job and o.tick > now() - interval '20 hours' and o.finished_at is null
          and o.heartbeat_at < clock_timestamp() - interval '2 minutes'
        order by o.tick desc limit 1 for no key update skip locked)
      and pg_try_advisory_xact_lock(hashtextextended('vigie.run ' || r.id, 0))
    returning r.id into run;
    if run is null then
      return null;
    end if;
    perform pg_notify('vigie', json_build_object('kind', 'run', 'runId', run)::text);
    return jsonb_build_object('runId', run, 'isTakenOver', true);
  end if;
  update vigie.job_run r
  set finished_at = now(), outcome = 'failed', error = jsonb_build_object('code', 'RUNNER_GONE', 'message',
    'Whoever ran it was gone. What was committed is done; the rest was left due.')
  where r.job = claim_tick.job and r.finished_at is null and r.tick <= now() - interval '20 hours'
    and r.heartbeat_at < clock_timestamp() - interval '2 minutes';
  perform pg_notify('vigie', json_build_object('kind', 'run', 'runId', run)::text);
  return jsonb_build_object('runId', run, 'isTakenOver', false);
end
$$;
