-- A person has looked at what happened while no agent was heard of: sweeps, mail and routing go on.
-- Returns {"refusal": code}, or {"since"}: the last heartbeat before it.
create or replace function vigie.resolve_gap(reason text, origin jsonb)
returns jsonb language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp as $$
declare
  since timestamptz;
begin
  if reason is null or reason !~ '\S' then
    return jsonb_build_object('refusal', 'REASON_REQUIRED');
  end if;
  perform vigie.ensure_partitions(now());
  update vigie.gap g set resolved_at = clock_timestamp(), resolved_by = session_user
  where g.resolved_at is null returning g.last_heartbeat_at into since;
  if since is null then
    return jsonb_build_object('refusal', 'HOLD_NOT_FOUND');
  end if;
  insert into vigie.event (kind, entry, machine, version, reason, before)
  values ('gap_resolved', origin ->> 'entry', origin ->> 'machine', origin ->> 'version', btrim(resolve_gap.reason),
    jsonb_build_object('lastHeartbeatAt', vigie.instant(since at time zone 'utc')));
  perform pg_notify('vigie', json_build_object('kind', 'hold', 'holdId', 0)::text);
  perform pg_notify('vigie', json_build_object('kind', 'mail', 'queued', 1)::text);
  return jsonb_build_object('since', vigie.instant(since at time zone 'utc'));
end
$$;
