-- Whether every enrolled edge has confirmed that it blocks the project since its present deactivation; false without edges.
create or replace function vigie.is_blocked(project_id varchar)
returns boolean language sql stable as $$
  select exists (
    select from public.project p
    where p.id = is_blocked.project_id and p.status in ('inactive', 'permanently_disabled')
      and exists (select from vigie.edge e where e.retired_at is null)
      and not exists (
        select from vigie.edge e
        where e.retired_at is null and not exists (
          select from vigie.edge_block b
          where b.edge_id = e.id and b.project_id = p.id
            and b.deactivated_at is not distinct from p.deactivated_at)))
$$;
