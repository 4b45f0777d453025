-- Ends an exemption before its time: from the next sweep on the rules apply again, by the clock that never stopped. Named
-- by its id, so that nobody ends one that he has not seen. Origin: {"entry", "machine", "version"}.
-- Returns {"refusal": code} or {"exemption": what has ended, as exemption_facts}.
create or replace function vigie.end_exemption(id integer, reason text, origin jsonb)
returns jsonb language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp as $$
declare
  former vigie.exemption;
begin
  if reason is null or reason !~ '\S' then
    return jsonb_build_object('refusal', 'REASON_REQUIRED');
  elsif length(btrim(reason)) > 2000 then
    return jsonb_build_object('refusal', 'REASON_TOO_LONG');
  end if;
  -- One whose time is over is left to expire_exemptions: nobody ended it.
  delete from vigie.exemption e
  where e.id = end_exemption.id and (e.until is null or e.until > now())
  returning e.* into former;
  if not found then
    return jsonb_build_object('refusal', 'EXEMPTION_NOT_FOUND');
  end if;
  perform vigie.note_exemption('exemption_ended', former, null, end_exemption.reason, origin);
  return jsonb_build_object('exemption', vigie.exemption_facts(former));
end
$$;
