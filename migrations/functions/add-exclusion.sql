-- Begins to observe an exclusion: what it matches is tallied and counts still. Origin: {"entry", "machine", "version"}.
-- src/core/traffic/change-exclusions.ts says more exactly what a pattern must be; this keeps out what no program could
-- work with. Returns {"refusal": code} or {"id"}.
create or replace function vigie.add_exclusion(kind text, pattern text, reason text, origin jsonb)
returns jsonb language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp as $$
declare
  added integer;
begin
  if reason is null or reason !~ '\S' then
    return jsonb_build_object('refusal', 'REASON_REQUIRED');
  elsif pattern is null or pattern !~ '\S' or length(pattern) > 500 then
    return jsonb_build_object('refusal', 'EXCLUSION_INVALID');
  end if;
  begin
    if kind = 'address' then
      perform pattern::inet;
    end if;
    insert into vigie.exclusion (kind, pattern, reason)
    values (add_exclusion.kind, add_exclusion.pattern, btrim(add_exclusion.reason)) returning id into added;
  exception when data_exception or integrity_constraint_violation then
    return jsonb_build_object('refusal', 'EXCLUSION_INVALID');
  end;
  perform vigie.note_exclusion(added, null, reason, origin);
  return jsonb_build_object('id', added);
end
$$;
