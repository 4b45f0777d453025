-- From now on what an observed exclusion matches does not count, and is kept apart. What was counted before stays counted.
-- Origin: {"entry", "machine", "version"}. Returns {"refusal": code} or {"id"}.
create or replace function vigie.apply_exclusion(id integer, reason text, origin jsonb)
returns jsonb language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp as $$
begin
  if reason is null or reason !~ '\S' then
    return jsonb_build_object('refusal', 'REASON_REQUIRED');
  end if;
  update vigie.exclusion x set status = 'applied', applied_at = clock_timestamp()
  where x.id = apply_exclusion.id and x.status = 'observed';
  if not found then
    return jsonb_build_object('refusal', 'EXCLUSION_NOT_FOUND');
  end if;
  perform vigie.note_exclusion(apply_exclusion.id, 'observed', reason, origin);
  return jsonb_build_object('id', apply_exclusion.id);
end
$$;
