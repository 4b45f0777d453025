-- The projects that are not as Vigie last saw or left them, and those that it never saw (is_new). Inlined by the planner
-- (sql, stable, no settings): one pass over projects and seen for all, or a look at some ids alone when joined to them.
create or replace function vigie.changed()
returns table (
  project_id varchar, team_id varchar, is_new boolean,
  status text, plan_kind text, reactivation_count integer, deactivated_at timestamp,
  seen_status text, seen_plan_kind text, seen_reactivation_count integer, seen_deactivated_at timestamp)
language sql stable as $$
  select
    p.id, p.team_id, s.project_id is null,
    p.status::text, vigie.plan_kind(b.id is not null, l.name, b.status::text), p.reactivation_count, p.deactivated_at,
    s.status, s.plan_kind, s.reactivation_count, s.deactivated_at
  from public.project p
  left join vigie.seen s on s.project_id = p.id
  left join public.team_subscription b on b.team_id = p.team_id
  left join public.subscription_plan l on l.id = b.plan_id
  where s.project_id is null
    or s.status <> p.status::text
    or s.reactivation_count <> p.reactivation_count
    or s.deactivated_at is distinct from p.deactivated_at
    or s.plan_kind <> vigie.plan_kind(b.id is not null, l.name, b.status::text)
$$;
