-- Who is due in a stage: the only SQL that decides it. The preview reads it, sweep_batch reads it again under its locks,
-- and src/core/lifecycle.ts says the same of one project (a property test compares the two). A page of max_rows after
-- (after_at, after_id), in the order of sort_at and id; null stands for "from the start" and "all".
create or replace function vigie.due(
  stage text,
  after_at timestamp default null,
  after_id varchar default null,
  max_rows integer default null)
returns table (project_id varchar, team_id varchar, sort_at timestamp)
language sql stable as $$
  select o.project_id, o.team_id, o.sort_at
  from vigie.overdue(stage) o
  where o.is_due
    and (after_at is null or (o.sort_at, o.project_id) > (after_at, after_id))
  order by o.sort_at, o.project_id
  limit max_rows
$$;
