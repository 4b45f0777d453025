-- What a probe of a project's hostname through Traefik came to, after the project was woken: reachable (code null), or why
-- not. Origin: {"entry", "machine", "version"}. Returns the seconds since it was woken.
create or replace function vigie.tell_probe(project_id varchar, hostname text, code text, message text, origin jsonb)
returns float8 language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp as $$
declare
  seconds float8;
begin
  perform vigie.ensure_partitions(now());
  select extract(epoch from clock_timestamp() - max(v.created_at)) into seconds
  from vigie.event v
  where v.project_id = tell_probe.project_id and v.kind in ('reactivated', 'reverted', 'changed_outside');
  insert into vigie.event (kind, project_id, team_id, entry, machine, version, after)
  select case when tell_probe.code is null then 'reachable' else 'unreachable' end, p.id, p.team_id,
    origin ->> 'entry', origin ->> 'machine', origin ->> 'version',
    jsonb_strip_nulls(jsonb_build_object('hostname', tell_probe.hostname, 'afterSeconds', round(seconds::numeric, 1),
      'code', tell_probe.code, 'message', tell_probe.message))
  from public.project p where p.id = tell_probe.project_id;
  perform pg_notify('vigie', json_build_object('kind', 'project', 'projectId', tell_probe.project_id)::text);
  return seconds;
end
$$;
