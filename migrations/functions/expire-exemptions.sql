-- Puts on record which exemptions have ended by themselves, at most max_rows of them: one event each, whoever comes first.
-- Rules need no help with that, they look at the time themselves. Nobody waits: what somebody else holds is his.
-- Origin: {"entry", "machine", "version"}. Returns how many.
create or replace function vigie.expire_exemptions(max_rows integer, origin jsonb)
returns integer language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp as $$
declare
  former vigie.exemption;
  expired integer := 0;
begin
  for former in
    delete from vigie.exemption e
    where e.id in (
      select o.id from vigie.exemption o where o.until <= now()
      order by o.until, o.id limit max_rows for update skip locked)
    returning e.*
  loop
    perform vigie.note_exemption('exemption_expired', former, null, null, origin);
    expired := expired + 1;
  end loop;
  return expired;
end
$$;
