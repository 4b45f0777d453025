-- Remembers projects as they are now, so that what Vigie did itself is not taken for a change outside: called by each of
-- its writes, in the same transaction, under the lock of the project's row. The plan stays as it was last seen unless
-- is_plan_seen, since the plan is never Vigie's doing.
create or replace function vigie.keep_seen(ids varchar[], is_plan_seen boolean default false)
returns void language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_custom_plan as $$
declare
  kept integer;
begin
  update vigie.seen s
  set status = p.status, reactivation_count = p.reactivation_count, deactivated_at = p.deactivated_at
  from unnest(ids) as i (id) join public.project p on p.id = i.id
  where s.project_id = i.id and not is_plan_seen;
  get diagnostics kept = row_count;
  if kept = cardinality(ids) then
    return;
  end if;
  -- In the order of ids, so that it and whoever sees projects for the first time never wait for each other in a ring.
  insert into vigie.seen (project_id, status, plan_kind, reactivation_count, deactivated_at)
  select p.id, p.status, vigie.plan_kind(b.id is not null, l.name, b.status::text), p.reactivation_count, p.deactivated_at
  from unnest(ids) as i (id) join public.project p on p.id = i.id
  left join public.team_subscription b on b.team_id = p.team_id
  left join public.subscription_plan l on l.id = b.plan_id
  where is_plan_seen or not exists (select from vigie.seen s where s.project_id = i.id)
  order by p.id
  on conflict (project_id) do update
  set status = excluded.status, reactivation_count = excluded.reactivation_count, deactivated_at = excluded.deactivated_at,
    plan_kind = case when is_plan_seen then excluded.plan_kind else seen.plan_kind end;
end
$$;
