-- An agent takes a directory of Traefik's into its care; whoever kept it before is refused from now on. It takes over only
-- from one that was silent for silent_seconds, and returns null while it is not. A directory that was retired is enrolled
-- anew. Returns the edge's id.
create or replace function vigie.enrol_edge(
  machine text, directory text, keeper uuid, silent_seconds integer default 0)
returns integer language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp as $$
declare
  edge integer;
begin
  insert into vigie.edge as e (machine, directory, keeper)
  values (enrol_edge.machine, enrol_edge.directory, enrol_edge.keeper)
  on conflict on constraint edge_machine_directory_key do update
  set keeper = excluded.keeper, retired_at = null, retired_by = null,
    enrolled_at = case when e.retired_at is null then e.enrolled_at else clock_timestamp() end
  where e.retired_at is not null
    or coalesce(e.reconciled_at, '-infinity') <= clock_timestamp() - make_interval(secs => silent_seconds)
  returning e.id into edge;
  if edge is not null then
    perform pg_notify('vigie', json_build_object('kind', 'edge')::text);
  end if;
  return edge;
end
$$;
