-- What a pass over a directory of Traefik's came to. blocked, deactivated and hostnames belong together: projects that are
-- blocked here since that deactivation, by how many hostnames. unblocked: those whose hostnames are served here again.
-- The last enrolled edge writes the event. Origin: {"entry", "machine", "version"}. Returns {"refusal": "CLAIM_LOST"} if
-- somebody else keeps the directory, or {"served": [projects]}: the active ones of which it was told just now that they
-- are unblocked everywhere.
create or replace function vigie.confirm_edge(
  edge integer, keeper uuid, blocked varchar[], deactivated timestamp[], hostnames integer[], unblocked varchar[],
  out_of_step integer, error jsonb, origin jsonb)
returns jsonb language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_custom_plan as $$
declare
  known vigie.edge%rowtype;
  changed varchar[];
  freed varchar[];
  served varchar[];
begin
  perform vigie.ensure_partitions(now());
  -- Of two edges that confirm at once, the later sees what the other wrote.
  perform pg_advisory_xact_lock(hashtextextended('vigie.edge', 0));
  select e.* into known from vigie.edge e where e.id = edge for no key update;
  if known.keeper is distinct from confirm_edge.keeper or known.retired_at is not null then
    return jsonb_build_object('refusal', 'CLAIM_LOST');
  end if;
  update vigie.edge e
  set reconciled_at = clock_timestamp(), error = confirm_edge.error, out_of_step = confirm_edge.out_of_step
  where e.id = edge;

  with kept as (
    insert into vigie.edge_block as b (edge_id, project_id, deactivated_at)
    select edge, i.id, i.at from unnest(blocked, deactivated) as i (id, at)
    on conflict (edge_id, project_id) do update
    set deactivated_at = excluded.deactivated_at, confirmed_at = clock_timestamp()
    where b.deactivated_at is distinct from excluded.deactivated_at
    returning b.project_id
  )
  select coalesce(array_agg(k.project_id), '{}') into changed from kept k;
  with gone as (
    delete from vigie.edge_block b using unnest(unblocked) as i (id)
    where b.edge_id = edge and b.project_id = i.id returning b.project_id
  )
  select coalesce(array_agg(g.project_id), '{}') into freed from gone g;

  -- A second stage blocks what is blocked already: there is nothing new to tell.
  insert into vigie.event (kind, project_id, team_id, entry, machine, version, after)
  select 'blocked', p.id, p.team_id, origin ->> 'entry', origin ->> 'machine', origin ->> 'version',
    jsonb_build_object('hostnames', i.hostnames)
  from unnest(blocked, hostnames) as i (id, hostnames) join public.project p on p.id = i.id
  where p.id = any (changed) and vigie.is_blocked(p.id)
    and (
      select v.kind from vigie.event v
      where v.project_id = p.id
        and v.kind in ('blocked', 'unblocked', 'deactivated', 'reactivated', 'reverted', 'changed_outside')
      order by v.created_at desc, v.id desc limit 1) is distinct from 'blocked';

  with told as (
    insert into vigie.event (kind, project_id, team_id, entry, machine, version)
    select 'unblocked', p.id, p.team_id, origin ->> 'entry', origin ->> 'machine', origin ->> 'version'
    from unnest(freed) as i (id) join public.project p on p.id = i.id
    where not exists (
        select from vigie.edge_block b join vigie.edge e on e.id = b.edge_id
        where b.project_id = p.id and e.retired_at is null)
      and (
        select v.kind from vigie.event v
        where v.project_id = p.id and v.kind in ('blocked', 'unblocked')
        order by v.created_at desc, v.id desc limit 1) = 'blocked'
    returning project_id
  )
  select coalesce(array_agg(t.project_id), '{}') into served
  from told t join public.project p on p.id = t.project_id where p.status = 'active';

  if cardinality(changed) + cardinality(freed) > 0 or known.out_of_step <> confirm_edge.out_of_step
    or known.error is distinct from confirm_edge.error
  then
    perform pg_notify('vigie', json_build_object('kind', 'edge')::text);
  end if;
  return jsonb_build_object('served', to_jsonb(served));
end
$$;
