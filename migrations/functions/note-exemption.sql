-- Puts on record that a project or a team is exempt from now on, or no longer, and tells whoever shows it. Of both the row
-- before and the row after; null: it was, or is, not exempt. Called by what changes it.
create or replace function vigie.note_exemption(
  kind text, former vigie.exemption, present vigie.exemption, reason text, origin jsonb)
returns void language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp as $$
declare
  project varchar := coalesce(present.project_id, former.project_id);
begin
  perform vigie.ensure_partitions(now());
  insert into vigie.event (kind, project_id, team_id, entry, machine, version, reason, before, after)
  values (kind, project,
    case when project is null then coalesce(present.team_id, former.team_id)
      else (select p.team_id from public.project p where p.id = project) end,
    origin ->> 'entry', origin ->> 'machine', origin ->> 'version', btrim(reason),
    vigie.exemption_facts(former),
    vigie.exemption_facts(present) || jsonb_strip_nulls(jsonb_build_object('bulkId', origin -> 'bulkId')));
  perform pg_notify('vigie', json_build_object('kind', 'exemption')::text);
end
$$;
