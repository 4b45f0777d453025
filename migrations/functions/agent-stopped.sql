-- A process that acted by itself ends as it should. Its last heartbeat stays, for the gap after it.
create or replace function vigie.agent_stopped(agent uuid)
returns void language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp as $$
begin
  update vigie.agent a set heartbeat_at = clock_timestamp(), stopped_at = clock_timestamp() where a.id = agent;
  perform pg_notify('vigie', json_build_object('kind', 'agent')::text);
end
$$;
