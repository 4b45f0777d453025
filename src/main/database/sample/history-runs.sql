-- One sweep each night, with what its events and mails add up to. 37 nights ago the connection broke, 20 nights ago one
-- project was held by somebody else, and the latest was cancelled: what was due then is due still.
insert into vigie.job_run
  (id, job, tick, entry, machine, version, started_at, heartbeat_at, finished_at, outcome, cancel_requested_at,
    cancel_requested_by, deactivated, disabled, mails_queued, skipped, failed, failures, error)
overriding system value
select r.id, 'sweep',
  case when r.key >= 0 and not exists (
    select from vigie.job_run o where o.job = 'sweep' and (o.tick at time zone 'utc')::date = (began.at at time zone 'utc')::date)
  then began.at end,
  case when r.key >= 0 then 'agent' else 'desktop' end, 'sample', '0.1.0',
  began.at, ended.at, ended.at,
  case
    when r.key = 0 then 'cancelled'
    when r.key = 37 then 'failed'
    when r.key = 20 and stuck.n is not null then 'partial'
    else 'done'
  end,
  case when r.key = 0 then began.at end, case when r.key = 0 then session_user end,
  coalesce(moved.deactivated, 0), coalesce(moved.disabled, 0), coalesce(queued.mails, 0),
  case when r.key > 0 and r.key % 13 = 5 then 1 else 0 end,
  (r.key = 20 and stuck.n is not null)::integer,
  case when r.key = 20 and stuck.n is not null then jsonb_build_array(jsonb_build_object(
    'projectId', pg_temp.project_id(stuck.n), 'stage', 'deactivate', 'sqlstate', '57014',
    'message', 'canceling statement due to statement timeout')) else '[]' end,
  case when r.key = 37 then jsonb_build_object('code', 'DATABASE_CONNECTION_LOST',
    'message', 'The connection to the database was lost: what was committed is done, the next sweep does the rest.') end
from sample_run r
cross join lateral (select pg_temp.run_start(r.key) at time zone 'utc' as at) began
cross join lateral (select
  least(began.at + case when r.key in (0, 37) then interval '1 second' else interval '2 seconds' end, now()) as at) ended
left join (
  select e.run_key, count(*) filter (where e.kind = 'deactivated') as deactivated,
    count(*) filter (where e.kind = 'permanently_disabled') as disabled
  from sample_event e where e.run_key is not null group by e.run_key
) moved on moved.run_key = r.key
left join (
  select e.run_id, count(*) as mails from vigie.mail m
  join vigie.event e on e.id = m.event_id and e.created_at = m.created_at
  group by e.run_id
) queued on queued.run_id = r.id
-- Who failed then went the night after.
left join (select min(s.n) as n from sample_sleep s where s.slept_key = 19) stuck on true
order by r.id;

insert into vigie.status_day (day, status, projects)
with change (at, status, difference) as (
  select p.created_at, 'active', 1 from sample_project p
  union all
  select p.updated_at, c.status, c.difference from sample_project p
  cross join lateral (values ('active', -1), (p.status, 1)) c (status, difference)
  where p.status in ('paused', 'deleted')
  union all
  select s.slept_at, c.status, c.difference from sample_sleep s
  cross join (values ('active', -1), ('inactive', 1)) c (status, difference)
  union all
  select coalesce(s.woken_at, s.disabled_at), c.status, c.difference from sample_sleep s
  cross join lateral (values ('inactive', -1),
    (case when s.disabled_at is null then 'active' else 'permanently_disabled' end, 1)) c (status, difference)
  where coalesce(s.woken_at, s.disabled_at) is not null
), per_day as (
  select greatest(c.at::date, today.day - 90) as day, c.status, sum(c.difference) as difference
  from change c, (select pg_temp.utc()::date as day) today
  group by 1, 2
)
select days.day::date, statuses.status,
  coalesce(sum(d.difference) over (partition by statuses.status order by days.day), 0)
from generate_series(pg_temp.utc()::date - 90, pg_temp.utc()::date - 1, interval '1 day') days (day)
cross join unnest(enum_range(null::public.project_status)::text[]) statuses (status)
left join per_day d on d.day = days.day::date and d.status = statuses.status;
