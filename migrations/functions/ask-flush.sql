-- Asks every intake to count at once what it has seen, since somebody is about to decide. Returns when it was asked.
create or replace function vigie.ask_flush()
returns timestamptz language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp as $$
begin
  perform pg_notify('vigie', json_build_object('kind', 'flush')::text);
  return clock_timestamp();
end
$$;
