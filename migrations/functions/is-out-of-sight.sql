-- Whether nobody is served by a sleeping project's containers any more: its hostnames are blocked; or, where no edge is
-- enrolled, it has slept for a minute.
create or replace function vigie.is_out_of_sight(project_id varchar, deactivated_at timestamp)
returns boolean language sql stable as $$
  select case
    when exists (select from vigie.edge e where e.retired_at is null) then vigie.is_blocked(is_out_of_sight.project_id)
    else coalesce(is_out_of_sight.deactivated_at <= (now() at time zone 'utc') - interval '1 minute', true)
  end
$$;
