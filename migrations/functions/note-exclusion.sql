-- Puts on record that an exclusion has another status now, and tells whoever counts. Called by what changes it.
create or replace function vigie.note_exclusion(id integer, former_status text, reason text, origin jsonb)
returns void language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp as $$
declare
  x vigie.exclusion;
begin
  perform vigie.ensure_partitions(now());
  select * into strict x from vigie.exclusion o where o.id = note_exclusion.id;
  insert into vigie.event (kind, entry, machine, version, reason, before, after)
  values ('exclusion_changed', origin ->> 'entry', origin ->> 'machine', origin ->> 'version', btrim(note_exclusion.reason),
    case when former_status is not null then jsonb_build_object('status', former_status) end,
    jsonb_build_object('exclusionId', x.id, 'kind', x.kind, 'pattern', x.pattern, 'status', x.status));
  perform pg_notify('vigie', json_build_object('kind', 'exclusion')::text);
end
$$;
