-- Whoever is to be told of a hold was, or could not be: it is not told again.
create or replace function vigie.note_hold_told(hold integer)
returns void language sql volatile security definer
set search_path = pg_catalog, pg_temp as $$
  update vigie.hold h set told_at = clock_timestamp(), telling_until = null
  where h.id = note_hold_told.hold and h.told_at is null
$$;
