-- Whether a project's hostnames lead to the blocked page everywhere: there is an edge, and each has confirmed it for this
-- deactivation.
create or replace function vigie.is_blocked(project_id varchar)
returns boolean language sql stable as $$
  select exists (select from vigie.edge e where e.retired_at is null)
    and not exists (
      select from vigie.edge e
      where e.retired_at is null
        and not exists (
          select from vigie.edge_block b join public.project p on p.id = b.project_id
          where b.edge_id = e.id and b.project_id = is_blocked.project_id
            and b.deactivated_at is not distinct from p.deactivated_at))
$$;
