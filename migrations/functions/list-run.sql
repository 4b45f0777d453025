-- Keeps the exact list of what a sweep would do now, with the clock of each project, for a stored preview or a hold, and
-- for later previews to be compared with. Teams: only theirs; null: all. Of a
-- sweep that nobody watches, whom no mail has reached is listed as not told, and left alone.
-- Returns {"deactivated", "disabled", "notTold"}.
create or replace function vigie.list_run(run integer, runner uuid, teams varchar[])
returns jsonb language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp as $$
declare
  counts jsonb;
  is_watched boolean;
begin
  select r.tick is null into is_watched from vigie.job_run r
  where r.id = run and r.runner is not distinct from list_run.runner and r.finished_at is null for no key update;
  if not found then
    raise exception 'the run is not this runner''s' using errcode = 'VG001';
  end if;
  update vigie.job_run r set team_ids = teams where r.id = run;
  delete from vigie.run_project x where x.run_id = run;
  insert into vigie.run_project (run_id, stage, project_id, sort_at)
  select run, 'deactivate', d.project_id, d.sort_at from vigie.due('deactivate') d where teams is null or d.team_id = any (teams);
  insert into vigie.run_project (run_id, stage, project_id, sort_at, is_not_told)
  select run, 'disable', d.project_id, d.sort_at, not is_watched and vigie.is_not_told(d.project_id, d.sort_at)
  from vigie.due('disable') d where teams is null or d.team_id = any (teams);
  select jsonb_build_object(
    'deactivated', count(*) filter (where x.stage = 'deactivate'),
    'disabled', count(*) filter (where x.stage = 'disable' and not x.is_not_told),
    'notTold', count(*) filter (where x.is_not_told))
  into counts from vigie.run_project x where x.run_id = run;
  return counts;
end
$$;
