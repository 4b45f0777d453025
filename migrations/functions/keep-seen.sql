-- Remembers projects as they are now, so that what Vigie did itself is not taken for a change outside: called by each of
-- its writes, in the same transaction, under the lock of the project's row. The plan stays as it was last seen unless
-- is_plan_seen, since the plan is never Vigie's doing. In the order of ids, so that two writers never wait in a ring.
create or replace function vigie.keep_seen(ids varchar[], is_plan_seen boolean default false)
returns void language sql volatile security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_custom_plan as $$
  insert into vigie.seen (project_id, status, plan_kind, reactivation_count, deactivated_at)
  select p.id, p.status, vigie.plan_kind(s.id is not null, l.name, s.status::text), p.reactivation_count, p.deactivated_at
  from unnest(ids) as i (id) join public.project p on p.id = i.id
  left join public.team_subscription s on s.team_id = p.team_id
  left join public.subscription_plan l on l.id = s.plan_id
  order by p.id
  on conflict (project_id) do update
  set status = excluded.status, reactivation_count = excluded.reactivation_count, deactivated_at = excluded.deactivated_at,
    plan_kind = case when is_plan_seen then excluded.plan_kind else seen.plan_kind end
$$;
