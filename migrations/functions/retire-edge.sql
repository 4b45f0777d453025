-- A directory of Traefik's is kept no more: projects no longer wait for it to be blocked. What its files say stays.
-- Origin: {"entry", "machine", "version"}. Returns {"refusal": code} or {"isChanged"}: false if it was retired already.
create or replace function vigie.retire_edge(id integer, reason text, origin jsonb)
returns jsonb language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp as $$
declare
  place jsonb;
begin
  if reason is null or reason !~ '\S' then
    return jsonb_build_object('refusal', 'REASON_REQUIRED');
  end if;
  perform vigie.ensure_partitions(now());
  update vigie.edge e set retired_at = clock_timestamp(), retired_by = session_user, keeper = null
  where e.id = retire_edge.id and e.retired_at is null
  returning jsonb_build_object('edgeId', e.id, 'machine', e.machine, 'directory', e.directory) into place;
  if place is null then
    if not exists (select from vigie.edge e where e.id = retire_edge.id) then
      return jsonb_build_object('refusal', 'EDGE_NOT_FOUND');
    end if;
    return jsonb_build_object('isChanged', false);
  end if;
  delete from vigie.edge_block b where b.edge_id = retire_edge.id;
  insert into vigie.event (kind, entry, machine, version, reason, before)
  values ('edge_retired', origin ->> 'entry', origin ->> 'machine', origin ->> 'version', btrim(retire_edge.reason),
    place);
  perform pg_notify('vigie', json_build_object('kind', 'edge')::text);
  return jsonb_build_object('isChanged', true);
end
$$;
