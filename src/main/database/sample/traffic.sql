-- A month of hits, of the first 20,000 projects, and of those after the first 5,000 a week: one a day wherever a project
-- was visited, none while it slept. The intake that saw them is retired, and so is the edge: nobody watches a sample, and
-- an enrolled intake that is silent would hold every sweep.
insert into vigie.intake
  (machine, kind, source, enrolled_at, retired_at, retired_by, flushed_at, covered_until, garbage_lines, unknown_hits)
values ('sample', 'access_log', '/var/log/traefik/access.log', now() - interval '62 days', now(), session_user,
  now() - interval '4 seconds', now() - interval '5 seconds', 3, 1904);
insert into vigie.edge (machine, directory, enrolled_at, retired_at, retired_by, reconciled_at)
values ('sample', '/etc/traefik/dynamic', now() - interval '62 days', now(), session_user, now() - interval '40 seconds');
insert into vigie.exclusion (kind, pattern, status, reason, created_at, applied_at)
values
  ('list', 'monitors', 'applied', 'Who only looks whether a site is up is no visitor.', now() - interval '61 days',
    now() - interval '54 days'),
  ('list', 'link_previews', 'observed', 'To see what it would change.', now() - interval '9 days', null);

-- All are looked up project by project below; without a word on their sizes the planner reads all projects for each sleeper.
create index on sample_project (n);
create index on sample_sleep (n);
create index on sample_domain (n);
analyze sample_project, sample_domain;

create temporary table sample_visit on commit drop as
select p.n, visited.day, visited.day <= p.last_traffic_at::date as is_hit, p.created_at
from sample_project p
cross join lateral generate_series(0, case when p.n <= 5000 then 29 else 6 end) back
cross join lateral (select pg_temp.utc()::date - back as day) visited
where p.n <= 20000 and p.status <> 'deleted'
  and visited.day >= p.created_at::date
  -- A project is visited most days; on that of its last hit for sure, and after it by its monitor alone.
  and (
    visited.day = p.last_traffic_at::date
    or visited.day < p.last_traffic_at::date
      and pg_temp.roll(p.n * 64 + back, 60) < 0.4 + 0.6 * pg_temp.roll(p.n, 61)
    or visited.day > p.last_traffic_at::date and p.status = 'active' and p.n % 4 = 0)
  -- Waking restarts the clock without a hit.
  and not exists (
    select from sample_sleep s
    where s.n = p.n and visited.day > s.last_activity_at::date
      and (s.woken_at is null or visited.day < s.woken_at::date
        or visited.day = s.woken_at::date and s.woken_at = p.last_traffic_at));
create index on sample_visit (n, day);
analyze sample_visit;

insert into vigie.traffic_day (project_id, day, hits)
select pg_temp.project_id(v.n), v.day,
  1 + floor(exp(7 * power(pg_temp.roll(v.n, 62), 1.6)) * (0.5 + pg_temp.roll(v.n * 64 + v.day - date '2020-01-01', 63)))
from sample_visit v
where v.is_hit;

-- A quarter is looked at by a monitor every five minutes, and some links are shown elsewhere.
insert into vigie.excluded_day (project_id, day, exclusion_id, is_counted, hits, last_at)
select pg_temp.project_id(v.n), v.day, x.id, x.status = 'observed',
  case x.status when 'applied' then greatest(1, floor(seen.share * 288)) else least(t.hits, 1 + v.n % 3) end,
  (v.day + seen.share * interval '24 hours') at time zone 'utc'
from sample_visit v
left join vigie.traffic_day t on t.project_id = pg_temp.project_id(v.n) and t.day = v.day
join vigie.exclusion x on case x.status when 'applied' then v.n % 4 = 0 else v.n % 9 = 2 and v.is_hit end
cross join lateral (select
  case when v.day = pg_temp.utc()::date then extract(epoch from pg_temp.utc()::time) / 86400 else 0.999 end as share) seen
where v.day > v.created_at::date and v.day >= (x.created_at at time zone 'utc')::date;

insert into vigie.last_hit (project_id, is_excluded, at, hostname, client, intake_id, exclusion_id)
select pg_temp.project_id(p.n), false, seen.at at time zone 'utc', named.hostname,
  pg_temp.drawn('{browser,program,bot,link_preview}', '{0.7,0.9,0.97}', pg_temp.roll(p.n, 64)), i.id, null
from sample_project p
cross join lateral (select coalesce(
  (select d.hostname from sample_domain d where d.n = p.n and d.status = 'active' order by d.id limit 1),
  coalesce(p.slug, 'app-' || pg_temp.code(p.n)) || '.apps.example') as hostname) named
cross join lateral (
  select case latest.day
    when p.last_traffic_at::date then p.last_traffic_at
    else coalesce((select max(s.last_activity_at) from sample_sleep s
      where s.n = p.n and s.last_activity_at::date = latest.day), latest.day + interval '17 hours')
  end as at
  from (select max(v.day) as day from sample_visit v where v.n = p.n and v.is_hit) latest
  where latest.day is not null
) seen
cross join vigie.intake i
where p.n <= 20000
union all
select t.project_id, true, t.last_at, c.hostname, 'monitor', i.id, t.exclusion_id
from (
  select distinct on (t.project_id) t.project_id, t.last_at, t.exclusion_id
  from vigie.excluded_day t where not t.is_counted order by t.project_id, t.day desc
) t
cross join lateral (select coalesce((
  -- Gathered, not ordered and cut off: of a table that is not analyzed yet, the planner would go through all ids.
  select (array_agg(d.hostname order by d.id))[1]
  from public.domain d where d.project_id = t.project_id and d.status = 'active'),
  (select p.slug from public.project p where p.id = t.project_id) || '.apps.example', 'apps.example') as hostname) c
cross join vigie.intake i;

-- What the intake saw is what was counted and kept apart, evenly over the hours of each day; the excluded are among its hits.
insert into vigie.intake_hour (intake_id, hour, hits, excluded)
select i.id, (days.day + hours.number * interval '1 hour') at time zone 'utc',
  days.hits / hours.of_day + (hours.number < days.hits % hours.of_day)::integer,
  days.excluded / hours.of_day + (hours.number < days.excluded % hours.of_day)::integer
from (
  select t.day, (t.hits + coalesce(e.hits, 0))::bigint as hits, coalesce(e.hits, 0)::bigint as excluded
  from (select day, sum(hits) as hits from vigie.traffic_day group by day) t
  left join (select day, sum(hits) as hits from vigie.excluded_day where not is_counted group by day) e using (day)
) days
cross join vigie.intake i
cross join lateral (
  select number, case when days.day = pg_temp.utc()::date then extract(hour from pg_temp.utc())::integer + 1 else 24 end
    as of_day
  from generate_series(0, 23) number
) hours
where hours.number < hours.of_day;

-- Of some sleepers the agent has stopped the containers.
with stopped as (
  insert into vigie.stopped_container (deployment_id, project_id, container_id, stopped_at, due_at)
  select d.id, d.project_id, d.container_id, at.stopped, at.stopped
  from sample_sleep s
  join sample_project p on p.n = s.n and p.status in ('inactive', 'permanently_disabled')
  join public.deployment d on d.id = pg_temp.deployment_id(s.n, 1)
  cross join lateral (select least(now(), (s.slept_at + interval '41 seconds') at time zone 'utc') as stopped) at
  where s.is_ours and s.woken_at is null and s.n <= 20000 and s.n % 3 = 0 and d.container_status = 'running'
  returning deployment_id
)
update public.deployment d set container_status = 'stopped' from stopped s where d.id = s.deployment_id;
