-- Tells of hostnames of sleeping projects that are left to another project, which has them; ids and hostnames are pairs.
-- Once for each, until the project is put to sleep again. Origin: {"entry", "machine", "version"}.
create or replace function vigie.leave_hostnames(ids varchar[], hostnames text[], origin jsonb)
returns void language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_custom_plan as $$
begin
  perform vigie.ensure_partitions(now());
  -- Several edges find the same.
  perform pg_advisory_xact_lock(hashtextextended('vigie.edge', 0));
  insert into vigie.event (kind, project_id, team_id, entry, machine, version, after)
  select 'hostname_left', p.id, p.team_id, origin ->> 'entry', origin ->> 'machine', origin ->> 'version',
    jsonb_build_object('hostname', i.hostname)
  from (select distinct u.id, u.hostname from unnest(ids, hostnames) as u (id, hostname)) i
  join public.project p on p.id = i.id
  where (
    select v.kind from vigie.event v
    where v.project_id = p.id
      and (v.kind in ('deactivated', 'reactivated', 'reverted')
        or (v.kind = 'hostname_left' and v.after ->> 'hostname' = i.hostname))
    order by v.created_at desc, v.id desc limit 1) is distinct from 'hostname_left';
end
$$;
