-- A process says that it feeds an intake: from then on it is expected to watch, until a person retires it. One that was
-- retired is enrolled anew, and has to prove itself again; whoever fed it before is refused from now on. Returns its id.
create or replace function vigie.enrol_intake(machine text, kind text, source text, feeder uuid)
returns integer language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp as $$
declare
  enrolled integer;
begin
  insert into vigie.intake as i (machine, kind, source, feeder)
  values (enrol_intake.machine, enrol_intake.kind, enrol_intake.source, enrol_intake.feeder)
  on conflict on constraint intake_machine_kind_source_key do update
  set feeder = excluded.feeder,
    enrolled_at = case when i.retired_at is null then i.enrolled_at else excluded.enrolled_at end,
    retired_at = null, retired_by = null
  returning i.id into enrolled;
  perform pg_notify('vigie', json_build_object('kind', 'agent')::text);
  return enrolled;
end
$$;
