-- A process that acts by itself says that it lives: its first heartbeat, and each one after. If nobody had been heard of
-- for longer than the policy's gap_hours (an outage, or a restored copy of the database), that is noted in vigie.gap, and
-- stays until a person has looked. Desktops, which sleep every evening, neither make a gap nor hide one.
-- Origin: {"entry", "machine", "version"}; report: how its parts are. Returns whether there is an open gap.
create or replace function vigie.agent_heartbeat(agent uuid, parts text[], origin jsonb, report jsonb default '{}')
returns boolean language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp as $$
declare
  latest timestamptz;
begin
  select max(a.heartbeat_at) into latest from vigie.agent a where a.entry <> 'desktop';
  if origin ->> 'entry' <> 'desktop'
    and latest < now() - make_interval(hours => (select y.gap_hours from vigie.policy y)) then
    insert into vigie.gap (last_heartbeat_at) values (latest) on conflict do nothing;
  end if;
  update vigie.agent a
  set heartbeat_at = clock_timestamp(), stopped_at = null, parts = agent_heartbeat.parts,
    report = agent_heartbeat.report
  where a.id = agent;
  if not found then
    insert into vigie.agent (id, entry, machine, version, parts, report)
    values (agent, origin ->> 'entry', origin ->> 'machine', origin ->> 'version', agent_heartbeat.parts,
      agent_heartbeat.report)
    on conflict (id) do update set heartbeat_at = clock_timestamp();
    perform pg_notify('vigie', json_build_object('kind', 'agent')::text);
  end if;
  return exists (select from vigie.gap g where g.resolved_at is null);
end
$$;
