-- What Vigie itself did: the sleepers and domains that it remembers, then events, mails and runs, as
-- migrations/functions/sweep-batch.sql and reactivate.sql write them.
insert into vigie.sleeper (project_id, deactivated_at)
select pg_temp.project_id(s.n), s.slept_at from sample_sleep s where s.number = 0 and s.is_ours order by s.n;

insert into vigie.disabled_domain (domain_id, project_id, former_status)
select d.id, pg_temp.project_id(d.n), 'active'
from sample_domain d join sample_sleep s on s.n = d.n and s.number = 0 and s.is_ours
where d.status = 'active' and not d.is_left
order by d.id;

select vigie.ensure_partitions(month)
from generate_series(date_trunc('month', now() - interval '100 days'), now(), interval '1 month') month;

create temporary table sample_run on commit drop as
select key, (select coalesce(max(r.id), 0) from vigie.job_run r) + row_number() over (order by pg_temp.run_start(key)) as id
from (
  select generate_series(0, 89) as key
  union
  select s.slept_key from sample_sleep s where s.slept_key is not null
) keys;

-- The domains that sweeps took and reactivations gave back.
create temporary table sample_serving on commit drop as
select d.n, count(*) as domains,
  coalesce(jsonb_agg(d.hostname order by d.hostname) filter (where not d.is_left), '[]') as given_back,
  coalesce(jsonb_agg(d.hostname order by d.hostname) filter (where d.is_left), '[]') as left_disabled
from sample_domain d
where d.status = 'active' and d.n in (select s.n from sample_sleep s)
group by d.n;

-- In whose name people of a team ask.
create temporary table sample_speaker on commit drop as
select m.team_n, min(m.user_id) as user_id
from sample_member m join sample_user u on u.id = m.user_id
where m.role in ('owner', 'admin') and not u.is_deleted
group by m.team_n;

create temporary table sample_event on commit drop as
select row_number() over (order by at, n) as place, told.*
from (
  select s.slept_at as at, 'deactivated' as kind, s.n, s.slept_key as run_key, null::integer as speaker_id,
    'no_traffic' as reason,
    jsonb_build_object('status', 'active', 'lastActivityAt', vigie.instant(s.last_activity_at), 'deactivatedAt', null)
      as before,
    jsonb_build_object('status', 'inactive', 'deactivatedAt', vigie.instant(s.slept_at),
      'domainsDisabled', coalesce(d.domains, 0)) as after
  from sample_sleep s left join sample_serving d on d.n = s.n
  where s.is_ours
  union all
  select s.disabled_at, 'permanently_disabled', s.n, s.disabled_key, null, 'still_inactive',
    jsonb_build_object('status', 'inactive', 'lastActivityAt', vigie.instant(s.last_activity_at),
      'deactivatedAt', vigie.instant(s.slept_at)),
    jsonb_build_object('status', 'permanently_disabled', 'deactivatedAt', vigie.instant(s.disabled_at),
      'domainsDisabled', 0)
  from sample_sleep s
  where s.disabled_key is not null
  union all
  select s.woken_at, 'reactivated', s.n, null, who.user_id, pg_temp.waking_reason(s.n * 8 + s.number),
    jsonb_build_object('status', 'inactive', 'deactivatedAt', vigie.instant(s.slept_at),
      'lastTrafficAt', vigie.instant(s.last_activity_at), 'reactivationCount', p.wakings - s.number),
    jsonb_build_object('status', 'active', 'deactivatedAt', null, 'lastTrafficAt', vigie.instant(s.woken_at),
      'reactivationCount', p.wakings - s.number + 1, 'domainsRestored', coalesce(d.given_back, '[]'),
      'domainsLeft', coalesce(d.left_disabled, '[]'), 'isFirstVersionSleeper', not s.is_ours)
  from sample_sleep s
  join sample_project p on p.n = s.n
  join sample_speaker who on who.team_n = p.team_n
  left join sample_serving d on d.n = s.n
  where s.number > 0
) told;
analyze sample_event;

create temporary table sample_recipient on commit drop as
select r.team_id, r.user_id, r.address
from vigie.recipients(array(
  select distinct pg_temp.team_id(p.team_n)
  from sample_project p
  where p.n in (select e.n from sample_event e where e.kind <> 'reactivated'))) r;
analyze sample_recipient;

with base as (
  select coalesce(max(e.id), 0) as id from vigie.event e
), told as (
  insert into vigie.event
    (id, created_at, kind, project_id, team_id, run_id, entry, machine, version, on_behalf_of_user_id, reason, before, after)
  select base.id + e.place, e.at at time zone 'utc', e.kind, pg_temp.project_id(e.n), pg_temp.team_id(p.team_n), r.id,
    case when r.key >= 0 then 'agent' when r.key < 0 then 'desktop'
      else pg_temp.one_of('{desktop,desktop,console,cli}', e.n, 82) end,
    'sample', '0.1.0', e.speaker_id, e.reason, e.before, e.after
  from sample_event e
  join sample_project p on p.n = e.n
  left join sample_run r on r.key = e.run_key
  cross join base
  order by e.place
  returning id, created_at, kind, project_id, team_id, run_id
)
insert into vigie.mail
  (id, created_at, event_id, project_id, run_id, template, user_id, address, status, attempts, due_at, ended_at, answer)
select (select coalesce(max(m.id), 0) from vigie.mail m) + row_number() over (order by t.id, w.user_id), t.created_at, t.id,
  t.project_id, t.run_id, case t.kind when 'deactivated' then 'project-disabled' else 'project-permanently-disabled' end,
  w.user_id, w.address, 'sent', 1, t.created_at, t.created_at,
  jsonb_build_object('code', '250', 'message', '250 2.0.0 Ok: queued')
from told t join sample_recipient w on w.team_id = t.team_id
where t.kind <> 'reactivated';
