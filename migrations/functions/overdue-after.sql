-- The projects whose time has come in a stage, whatever their plan: the one place that knows status, clock, team,
-- exemption and what a plan protects; what was not watched is not counted (idle_cutoff). is_due: a sweep would move it;
-- is_lapsed: its paid plan is cancelled or expired. "ahead" asks the same of a later time, "days" of another threshold of
-- the stage; null: the policy's. Only those who look on ask with days: whatever writes goes by vigie.overdue.
-- Inlined by the planner (sql, stable, no settings): joined to some ids, it looks at those alone; the branch of the other
-- stage is folded away, sort_at is the expression of the indexes vigie_project_status_activity and
-- vigie_project_status_deactivated, and plans are looked up one by one for a few projects, gathered once for many.
-- "limit 1": the planner takes a policy that was never analyzed for many rows, and charged for reading them at every
-- project; beside such a price it did not see that exemptions are better hashed than looked up a hundred thousand times.
create or replace function vigie.overdue_after(stage text, days integer, ahead interval default '0')
returns table (project_id varchar, team_id varchar, sort_at timestamp, is_due boolean, is_lapsed boolean)
language sql stable as $$
  select
    p.id,
    p.team_id,
    case when stage = 'deactivate' then greatest(p.last_traffic_at, p.created_at) else p.deactivated_at end,
    not exists (
      select from public.team_subscription s
      where s.team_id = p.team_id
        and s.plan_id <> all (array(select l.id from public.subscription_plan l where l.name = 'free'))
        and (s.status = 'active' or not (select y.is_lapsed_paid_swept from vigie.policy y limit 1))),
    exists (
      select from public.team_subscription s
      where s.team_id = p.team_id
        and s.plan_id <> all (array(select l.id from public.subscription_plan l where l.name = 'free'))
        and s.status <> 'active')
  from public.project p
  where (
      (stage = 'deactivate'
        and p.status = 'active'
        and greatest(p.last_traffic_at, p.created_at) <= (
          select vigie.idle_cutoff(coalesce(days, y.inactive_after_days), ahead) from vigie.policy y))
      or
      (stage = 'disable'
        and p.status = 'inactive'
        and p.deactivated_at <= (
          select vigie.idle_cutoff(coalesce(days, y.disabled_after_days), ahead) from vigie.policy y))
    )
    and not exists (select from public.team t where t.id = p.team_id and t.status = 'deleted')
    and not exists (
      select from vigie.exemption e where e.project_id = p.id and (e.until is null or e.until > now() + ahead))
    and not exists (
      select from vigie.exemption e where e.team_id = p.team_id and (e.until is null or e.until > now() + ahead))
$$;
