-- What a revert of a run makes of some of its events: the project, what it was before, and why it is left alone (null: it
-- is given back). No event that matters is older than "since". Plain SQL without settings of its own, so that it is
-- inlined; whoever acts on it has locked the projects before, in another statement.
create or replace function vigie.revert_verdicts(reverted_run integer, since timestamptz, event_ids bigint[])
returns table (event_id bigint, project_id varchar, former_status text, why text) language sql stable as $$
  with deed as materialized (
    select e.id, e.project_id, e.before, e.after
    from unnest(event_ids) as i (id)
    join vigie.event e on e.id = i.id and e.run_id = reverted_run and e.created_at >= since
  ), later as materialized (
    select d.id as deed_id, l.id, l.kind, l.before, l.after, (l.after ->> 'revertedEventId')::bigint as reverts
    from deed d
    join vigie.event l on l.project_id = d.project_id and l.id > d.id and l.created_at >= since
  )
  select d.id, d.project_id, d.before ->> 'status',
    case
      when p.id is null or p.status = 'deleted' then 'gone'
      when d.id in (select l.reverts from later l where l.reverts is not null) then 'revertedBefore'
      when t.status = 'deleted' then 'teamDeleted'
      when p.status = 'active' or p.reactivation_count <> (d.before ->> 'reactivationCount')::integer then 'reactivated'
      when p.status::text <> d.after ->> 'status'
        or p.deactivated_at is distinct from (d.after ->> 'deactivatedAt')::timestamp
        or d.id in (
          select l.deed_id from later l
          where l.kind <> 'reverted'
            -- What became of hostnames and containers follows from a state and is no change of it.
            and l.kind not in ('blocked', 'unblocked', 'hostname_left', 'containers_stopped', 'containers_started',
              'containers_removed', 'container_failed', 'reachable', 'unreachable')
            -- Nor is it to be left alone from now on, or no longer.
            and l.kind not in ('exempted', 'exemption_ended', 'exemption_expired')
            and l.id not in (select o.reverts from later o where o.reverts is not null)
            -- A change of the team's plan alone is none of the project.
            and not (l.kind = 'changed_outside' and l.before - 'planKind' = l.after - 'planKind'))
      then 'changed'
    end
  from deed d
  left join public.project p on p.id = d.project_id
  left join public.team t on t.id = p.team_id
$$;
