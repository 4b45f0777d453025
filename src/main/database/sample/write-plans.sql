-- Subscriptions and exemptions are younger than the sleeps of their projects: a paid plan would have prevented them.
create temporary table sample_moved on commit drop as
select p.team_n, max(greatest(s.slept_at, s.woken_at, s.disabled_at)) as latest_at
from sample_sleep s join sample_project p on p.n = s.n
group by p.team_n;
analyze sample_moved;

insert into public.team_subscription (id, team_id, plan_id, status, created_at, updated_at)
select md5('sample subscription ' || t.n), pg_temp.team_id(t.n), plan.id,
  (case when t.plan in ('cancelled', 'expired') then t.plan else 'active' end)::public.subscription_status,
  case t.plan when 'free' then t.created_at else subscribed.at end,
  case when t.plan in ('cancelled', 'expired') then subscribed.at + 0.7 * (pg_temp.utc() - subscribed.at)
    when t.plan = 'free' then t.created_at else subscribed.at end
from sample_team t
join public.subscription_plan plan on plan.name = case t.plan when 'free' then 'free' else 'pay_as_you_go' end
left join sample_moved m on m.team_n = t.n
cross join lateral (select coalesce(m.latest_at, t.created_at)
  + pg_temp.roll(t.n, 95) * (pg_temp.utc() - coalesce(m.latest_at, t.created_at)) as at offset 0) subscribed
where t.plan <> 'none';

insert into vigie.exemption (project_id, team_id, until, reason, created_at)
select project_id, team_id, until at time zone 'utc', pg_temp.one_of('{"Partner of the platform, kept for good.",
    "Projet pilote suivi par le support.","Kept for a conference.","Association reconnue, accord du support."}', n, 96),
  (moved_at + pg_temp.roll(n, 97) * (least(until, pg_temp.utc()) - moved_at)) at time zone 'utc'
from (
  select t.n, null::varchar as project_id, pg_temp.team_id(t.n) as team_id, null::timestamp as until,
    coalesce(m.latest_at, t.created_at) as moved_at
  from sample_team t left join sample_moved m on m.team_n = t.n
  where t.is_exempt
  union all
  select p.n, pg_temp.project_id(p.n), null, p.exempt_until, coalesce(m.latest_at, p.created_at)
  from sample_project p left join sample_moved m on m.team_n = p.team_n
  where p.exempt_until is not null
  order by project_id, team_id
) kept;
