-- The projects whose time has come in a stage, whatever their plan: the one place that knows status, clock, team and
-- exemption. "among" narrows it to some ids. Inlined by the planner (sql, stable, no settings): the branch of the other
-- stage is folded away, and sort_at is the expression of the indexes vigie_project_status_activity and
-- vigie_project_deactivated.
create or replace function vigie.overdue(stage text, among varchar[])
returns table (project_id varchar, team_id varchar, sort_at timestamp, plan_kind text, is_free boolean)
language sql stable as $$
  select
    p.id,
    p.team_id,
    case when stage = 'deactivate' then greatest(p.last_traffic_at, p.created_at) else p.deactivated_at end,
    vigie.plan_kind(s.id is not null, l.name, s.status::text),
    s.id is null or l.name = 'free'
  from public.project p
  join public.team t on t.id = p.team_id
  left join public.team_subscription s on s.team_id = p.team_id
  left join public.subscription_plan l on l.id = s.plan_id
  where t.status <> 'deleted'
    and (
      (stage = 'deactivate'
        and p.status = 'active'
        and greatest(p.last_traffic_at, p.created_at) <= (now() at time zone 'utc')
          - make_interval(days => (select y.inactive_after_days from vigie.policy y)))
      or
      (stage = 'disable'
        and p.status = 'inactive'
        and p.deactivated_at <= (now() at time zone 'utc')
          - make_interval(days => (select y.disabled_after_days from vigie.policy y)))
    )
    and (among is null or p.id = any (among))
    and not exists (
      select from vigie.exemption e where e.project_id = p.id and (e.until is null or e.until > now()))
    and not exists (
      select from vigie.exemption e where e.team_id = p.team_id and (e.until is null or e.until > now()))
$$;
