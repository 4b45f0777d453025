-- Ends the pause of a part. Origin: {"entry", "machine", "version"}. Returns {"refusal": code} or {"isChanged"}: false if it
-- was not paused.
create or replace function vigie.resume_part(part text, reason text, origin jsonb)
returns jsonb language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp as $$
begin
  if part is null or part not in ('sweep', 'mail', 'routing', 'containers') then
    return jsonb_build_object('refusal', 'BAD_REQUEST');
  elsif reason is null or reason !~ '\S' then
    return jsonb_build_object('refusal', 'REASON_REQUIRED');
  end if;
  perform vigie.ensure_partitions(now());
  delete from vigie.pause p where p.part = resume_part.part;
  if not found then
    return jsonb_build_object('isChanged', false);
  end if;
  insert into vigie.event (kind, entry, machine, version, reason, before, after)
  values ('resumed', origin ->> 'entry', origin ->> 'machine', origin ->> 'version', btrim(resume_part.reason),
    jsonb_build_object('part', resume_part.part, 'isPaused', true),
    jsonb_build_object('part', resume_part.part, 'isPaused', false));
  perform pg_notify('vigie', json_build_object('kind', 'pause', 'part', resume_part.part)::text);
  return jsonb_build_object('isChanged', true);
end
$$;
