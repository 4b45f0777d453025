-- A person decides on a hold. 'dismissed': nothing is done. 'released': a run is opened that does exactly its list.
-- Either way the person has looked, so that a gap does not stop mail and routing any longer.
-- Returns {"refusal": code} or {"holdId", "runId": the run to do, null when dismissed}.
create or replace function vigie.close_hold(hold integer, decision text, reason text, origin jsonb, runner uuid)
returns jsonb language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp as $$
declare
  h vigie.hold;
  run integer;
begin
  perform vigie.ensure_partitions(now());
  select * into h from vigie.hold o where o.id = hold and o.status = 'open' for update;
  if not found then
    return jsonb_build_object('refusal', 'HOLD_NOT_FOUND');
  elsif reason is null or reason !~ '\S' then
    return jsonb_build_object('refusal', 'REASON_REQUIRED');
  elsif decision = 'released' and h.expires_at <= now() then
    return jsonb_build_object('refusal', 'HOLD_EXPIRED');
  elsif decision = 'released' and exists (select from vigie.pause p where p.part = 'sweep') then
    -- Its run would end at once, and the list would be lost.
    return jsonb_build_object('refusal', 'SWEEP_PAUSED');
  elsif decision not in ('released', 'dismissed') then
    raise exception 'unknown decision' using errcode = 'invalid_parameter_value';
  end if;
  update vigie.hold o
  set status = decision, closed_at = clock_timestamp(), closed_by = session_user, reason = btrim(close_hold.reason)
  where o.id = h.id;
  update vigie.gap g set resolved_at = clock_timestamp(), resolved_by = session_user where g.resolved_at is null;
  if decision = 'released' then
    run := vigie.start_run('sweep', origin, close_hold.runner, close_hold.reason);
    update vigie.job_run r set releases_hold_id = h.id where r.id = run;
  end if;
  insert into vigie.event (kind, run_id, entry, machine, version, reason, after)
  values ('hold_' || decision, coalesce(run, h.run_id), origin ->> 'entry', origin ->> 'machine', origin ->> 'version',
    btrim(close_hold.reason), jsonb_build_object('holdId', h.id));
  perform pg_notify('vigie', json_build_object('kind', 'hold', 'holdId', h.id)::text);
  return jsonb_build_object('holdId', h.id, 'runId', run);
end
$$;
