-- Takes a note back, which only its author may; what it said stays on record. Origin: {"entry", "machine", "version"}.
-- Returns {"refusal": code} or {"isChanged", "takenBackAt"}; not changed: it was taken back already.
create or replace function vigie.take_back_note(note_id bigint, origin jsonb)
returns jsonb language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp as $$
declare
  noted vigie.note;
begin
  select * into noted from vigie.note n where n.id = take_back_note.note_id for no key update;
  if not found then
    return jsonb_build_object('refusal', 'NOTE_NOT_FOUND');
  elsif noted.actor <> session_user then
    return jsonb_build_object('refusal', 'NOTE_NOT_YOURS');
  elsif noted.taken_back_at is not null then
    return jsonb_build_object('isChanged', false,
      'takenBackAt', vigie.instant(noted.taken_back_at at time zone 'utc'));
  end if;
  update vigie.note n
  set taken_back_at = clock_timestamp(),
    taken_back_from = jsonb_build_object('entry', origin -> 'entry', 'machine', origin -> 'machine',
      'version', origin -> 'version')
  where n.id = noted.id
  returning * into noted;
  perform pg_notify('vigie', json_build_object('kind', 'note', 'projectId', noted.project_id)::text);
  return jsonb_build_object('isChanged', true, 'takenBackAt', vigie.instant(noted.taken_back_at at time zone 'utc'));
end
$$;
