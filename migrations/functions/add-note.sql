-- Notes something on a project, in any state. Origin: {"entry", "machine", "version"}. Returns {"refusal": code} or
-- {"noteId", "at"}.
create or replace function vigie.add_note(project_id varchar, text text, origin jsonb)
returns jsonb language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp as $$
declare
  noted vigie.note;
begin
  if not exists (select from public.project p where p.id = add_note.project_id) then
    return jsonb_build_object('refusal', 'PROJECT_NOT_FOUND');
  elsif add_note.text is null or add_note.text !~ '\S' then
    return jsonb_build_object('refusal', 'NOTE_EMPTY');
  elsif length(btrim(add_note.text)) > 4000 then
    return jsonb_build_object('refusal', 'NOTE_TOO_LONG');
  end if;
  insert into vigie.note (project_id, text, entry, machine, version)
  values (add_note.project_id, btrim(add_note.text), origin ->> 'entry', origin ->> 'machine', origin ->> 'version')
  returning * into noted;
  perform pg_notify('vigie', json_build_object('kind', 'note', 'projectId', add_note.project_id)::text);
  return jsonb_build_object('noteId', noted.id, 'at', vigie.instant(noted.created_at at time zone 'utc'));
end
$$;
