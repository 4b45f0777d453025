-- Leaves a project or a team (one of them is named) alone until an instant, or for good if it is null. Replaces the
-- exemption it has; both are on record. The plan and the state are no reason to refuse: who is never touched anyway is
-- exempt all the same once that changes. Origin: {"entry", "machine", "version"}.
-- Locks: the projects, in the order of ids, as a sweep does: one that a sweep is moving is moved first, and whoever was
-- told that it is exempt is not told so before. Returns {"refusal": code} or {"exemption", "former": null or as
-- exemption_facts}.
create or replace function vigie.exempt(
  project_id varchar, team_id varchar, until timestamptz, reason text, origin jsonb)
returns jsonb language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp as $$
declare
  former vigie.exemption;
  present vigie.exemption;
  state text;
begin
  if num_nonnulls(project_id, team_id) <> 1 then
    return jsonb_build_object('refusal', 'BAD_REQUEST');
  elsif reason is null or reason !~ '\S' then
    return jsonb_build_object('refusal', 'REASON_REQUIRED');
  elsif length(btrim(reason)) > 2000 then
    return jsonb_build_object('refusal', 'REASON_TOO_LONG');
  elsif until <= now() or until >= '2200-01-01 00:00:00+00' then
    return jsonb_build_object('refusal', 'EXEMPTION_DATE');
  end if;
  -- Before the projects: two who exempt the same take turns here.
  perform pg_advisory_xact_lock(hashtextextended('vigie.exempt ' || coalesce(project_id, team_id), 0));
  if project_id is not null then
    select p.status::text into state from public.project p where p.id = exempt.project_id for no key update;
    if not found then
      return jsonb_build_object('refusal', 'PROJECT_NOT_FOUND');
    elsif state = 'deleted' then
      return jsonb_build_object('refusal', 'PROJECT_DELETED');
    end if;
  else
    select t.status::text into state from public.team t where t.id = exempt.team_id;
    if not found then
      return jsonb_build_object('refusal', 'TEAM_NOT_FOUND');
    elsif state = 'deleted' then
      return jsonb_build_object('refusal', 'TEAM_DELETED');
    end if;
    perform from public.project p where p.team_id = exempt.team_id order by p.id for no key update;
  end if;

  delete from vigie.exemption e
  where e.project_id = exempt.project_id or e.team_id = exempt.team_id
  returning e.* into former;
  if former.until <= now() then
    perform vigie.note_exemption('exemption_expired', former, null, null, origin);
    former := null;
  end if;
  insert into vigie.exemption (project_id, team_id, until, reason)
  values (exempt.project_id, exempt.team_id, exempt.until, btrim(exempt.reason))
  returning * into present;
  perform vigie.note_exemption('exempted', former, present, exempt.reason, origin);
  return jsonb_build_object('exemption', vigie.exemption_facts(present),
    'former', case when former.id is not null then vigie.exemption_facts(former) end);
end
$$;
