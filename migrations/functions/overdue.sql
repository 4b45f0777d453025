-- vigie.overdue_after by the thresholds of the policy: what sweeps, previews and warnings go by. Inlined by the planner.
create or replace function vigie.overdue(stage text, ahead interval default '0')
returns table (project_id varchar, team_id varchar, sort_at timestamp, is_due boolean, is_lapsed boolean)
language sql stable as $$
  select o.project_id, o.team_id, o.sort_at, o.is_due, o.is_lapsed from vigie.overdue_after(stage, null, ahead) o
$$;
