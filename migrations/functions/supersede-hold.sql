-- A newer sweep has looked at the same projects again: the hold that was open has nothing to decide any more.
create or replace function vigie.supersede_hold()
returns void language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp as $$
declare
  closed integer;
begin
  update vigie.hold h set status = 'superseded', closed_at = clock_timestamp(), closed_by = session_user
  where h.status = 'open' returning h.id into closed;
  if closed is not null then
    perform pg_notify('vigie', json_build_object('kind', 'hold', 'holdId', closed)::text);
  end if;
end
$$;
