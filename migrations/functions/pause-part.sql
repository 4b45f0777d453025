-- Pauses a part of every Vigie until somebody resumes it. Origin: {"entry", "machine", "version"}. Returns {"refusal": code}
-- or {"isChanged"}: false if it was paused already, which keeps its first reason.
create or replace function vigie.pause_part(part text, reason text, origin jsonb)
returns jsonb language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp as $$
begin
  if part is null or part not in ('sweep', 'mail', 'routing', 'containers') then
    return jsonb_build_object('refusal', 'BAD_REQUEST');
  elsif reason is null or reason !~ '\S' then
    return jsonb_build_object('refusal', 'REASON_REQUIRED');
  end if;
  perform vigie.ensure_partitions(now());
  insert into vigie.pause (part, reason) values (pause_part.part, btrim(pause_part.reason)) on conflict do nothing;
  if not found then
    return jsonb_build_object('isChanged', false);
  end if;
  insert into vigie.event (kind, entry, machine, version, reason, before, after)
  values ('paused', origin ->> 'entry', origin ->> 'machine', origin ->> 'version', btrim(pause_part.reason),
    jsonb_build_object('part', pause_part.part, 'isPaused', false),
    jsonb_build_object('part', pause_part.part, 'isPaused', true));
  perform pg_notify('vigie', json_build_object('kind', 'pause', 'part', pause_part.part)::text);
  return jsonb_build_object('isChanged', true);
end
$$;
