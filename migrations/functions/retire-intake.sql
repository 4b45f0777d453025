-- An intake is not expected to watch any more. What it saw stays, and the process that fed it is refused until one enrols
-- it again. Origin: {"entry", "machine", "version"}. Returns {"refusal": code}, or {"isChanged"}: false if it was retired
-- already.
create or replace function vigie.retire_intake(id integer, reason text, origin jsonb)
returns jsonb language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp as $$
declare
  retired vigie.intake;
begin
  if reason is null or reason !~ '\S' then
    return jsonb_build_object('refusal', 'REASON_REQUIRED');
  end if;
  perform vigie.ensure_partitions(now());
  update vigie.intake i set retired_at = clock_timestamp(), retired_by = session_user, feeder = null
  where i.id = retire_intake.id and i.retired_at is null returning i.* into retired;
  if not found then
    if exists (select from vigie.intake i where i.id = retire_intake.id) then
      return jsonb_build_object('isChanged', false);
    end if;
    return jsonb_build_object('refusal', 'INTAKE_NOT_FOUND');
  end if;
  insert into vigie.event (kind, entry, machine, version, reason, before)
  values ('intake_retired', origin ->> 'entry', origin ->> 'machine', origin ->> 'version', btrim(retire_intake.reason),
    jsonb_build_object('intakeId', retired.id, 'machine', retired.machine, 'kind', retired.kind, 'source', retired.source,
      'enrolledAt', vigie.instant(retired.enrolled_at at time zone 'utc'),
      'coveredUntil', vigie.instant(retired.covered_until at time zone 'utc')));
  perform pg_notify('vigie', json_build_object('kind', 'agent')::text);
  return jsonb_build_object('isChanged', true);
end
$$;
