-- The platform's own rows. Users and teams name each other: one statement, since foreign keys are checked at its end.
insert into public.github_installation (installation_id, status)
select 40000000 + t.n,
  pg_temp.drawn('{active,suspended,deleted}', '{0.95,0.98}', pg_temp.roll(t.n, 90))::public.github_installation_status
from sample_team t;

with people as (
  insert into public."user"
    (id, email, username, name, email_verified, status, default_team_id, created_at, updated_at)
  select u.id, u.email, u.username, u.name, u.is_verified,
    (case when u.is_deleted then 'deleted' else 'active' end)::public.team_status,
    own.team_id, u.created_at, u.created_at
  from sample_user u
  left join (select t.creator_id, min(pg_temp.team_id(t.n)) as team_id from sample_team t group by t.creator_id) own
    on own.creator_id = u.id
)
insert into public.team (id, name, slug, status, created_by_user_id, created_at, updated_at)
select pg_temp.team_id(t.n), t.name, t.slug,
  (case when t.is_deleted then 'deleted' else 'active' end)::public.team_status, t.creator_id, t.created_at, t.created_at
from sample_team t;

insert into public.team_member (id, team_id, user_id, role, created_at)
select row_number() over (order by m.team_n, m.user_id), pg_temp.team_id(t.n), u.id,
  m.role::public.team_member_role, greatest(t.created_at, u.created_at)
from sample_member m join sample_team t on t.n = m.team_n join sample_user u on u.id = m.user_id
order by m.team_n, m.user_id;

insert into public.project
  (id, name, slug, repo_id, repo_full_name, repo_status, github_installation_id, environments, created_by_user_id, team_id,
    created_at, updated_at, status, last_traffic_at, deactivated_at, reactivation_count)
select pg_temp.project_id(p.n), p.name, p.slug, 700000000 + p.n, 'example/' || coalesce(p.slug, 'app'),
  p.repo_status::public.project_repo_status, 40000000 + p.team_n,
  '[{"id":"prod","name":"Production","slug":"production","color":"blue","branch":"main","status":"active"}]',
  p.creator_id, pg_temp.team_id(p.team_n), p.created_at, p.updated_at, p.status::public.project_status, p.last_traffic_at,
  p.deactivated_at, p.wakings
from sample_project p;

-- The latest serves, the one before it may be gone back to; the others show how deployments end.
insert into public.deployment
  (id, project_id, environment_id, branch, commit_sha, commit_meta, repo_id, repo_full_name, container_id,
    container_status, status, conclusion, trigger, created_by_user_id, created_at, concluded_at)
select pg_temp.deployment_id(p.n, place), pg_temp.project_id(p.n), 'prod',
  case when place = 1 or p.n % 3 > 0 then 'main' else 'preview' end,
  made.hash || left(made.hash, 8), '{"message":"Update the home page"}', 700000000 + p.n,
  'example/' || coalesce(p.slug, 'app'), case when course.container is not null then made.hash || made.hash end,
  course.container, course.status, course.conclusion, made.trigger,
  case when made.trigger <> 'webhook' then p.creator_id end, began.at,
  case when course.conclusion is not null
    then least(began.at + interval '1 second' * (20 + p.n % 160), pg_temp.utc()) end
from sample_project p
cross join lateral generate_series(1, p.deployments) place
join (values
  (0, 'completed'::public.deployment_status, 'succeeded'::public.deployment_conclusion,
    'running'::public.deployment_container_status),
  (1, 'completed', 'succeeded', 'running'),
  (2, 'completed', 'succeeded', 'stopped'), (3, 'completed', 'failed', 'removed'),
  (4, 'completed', 'failed', null), (5, 'completed', 'canceled', null), (6, 'completed', 'canceled', 'removed'),
  (7, 'completed', 'skipped', null), (8, 'completed', 'succeeded', 'running'),
  (9, 'completed', 'succeeded', 'removed'), (10, 'completed', 'succeeded', 'stopped'), (11, 'queued', null, null),
  (12, 'in_progress', null, 'running')
) course (number, status, conclusion, container) on course.number = case
  when place = 1 then 0
  when place = 2 then 1 + p.n % 2
  -- Nothing is being built for a project that is not active.
  when p.status <> 'active' and (place + p.n) % 10 > 7 then 3
  else 3 + (place + p.n) % 10
end
cross join lateral (select md5('sample commit ' || p.n::text || ' ' || place::text) as hash,
  (case when p.n % 7 = 0 then 'user' when p.n % 31 = 0 then 'api' else 'webhook' end)::public.deployment_trigger
    as trigger offset 0) made
cross join lateral (select case
  when course.conclusion is null then greatest(p.created_at, pg_temp.utc() - interval '10 minutes' * pg_temp.roll(p.n, 91))
  else p.created_at + (greatest(p.last_traffic_at, p.created_at) - p.created_at)
    * (p.deployments - place + 1 - 0.5 * pg_temp.roll(p.n * 16 + place, 92)) / p.deployments
end as at offset 0) began;

insert into public.alias (id, subdomain, deployment_id, previous_deployment_id, type, value, updated_at)
select p.n * 4 + a.place,
  coalesce(p.slug, 'app-' || pg_temp.code(p.n)) || a.suffix, pg_temp.deployment_id(p.n, 1),
  case when p.deployments > 1 then pg_temp.deployment_id(p.n, 2) end, a.type, a.value,
  greatest(p.last_traffic_at, p.created_at)
from sample_project p
join (values (1, '', 'environment'::public.alias_type, 'production'), (2, '-env-id-prod', 'environment_id', 'prod'),
  (3, '-branch-main', 'branch', 'main')) a (place, suffix, type, value)
  on a.place = 1 or a.place = 2 and p.domains > 0 or a.place = 3 and p.n % 20 = 1
where p.deployments > 0;

insert into public.domain
  (id, project_id, hostname, type, environment_id, status, message, last_checked_at, created_at, updated_at)
select d.id, pg_temp.project_id(d.n), d.hostname, d.type::public.domain_type, 'prod',
  (case when d.is_left or d.status = 'active' and p.status in ('inactive', 'permanently_disabled') then 'disabled'
    else d.status end)::public.domain_status,
  case when d.status = 'failed' then 'No DNS record of this hostname points to the platform.' end,
  case when d.status <> 'pending' then added.at + pg_temp.roll(d.id, 93) * (pg_temp.utc() - added.at) end,
  added.at, added.at
from sample_domain d
join sample_project p on p.n = d.n
cross join lateral (select
  p.created_at + pg_temp.roll(d.id, 94) * least(interval '3 days', pg_temp.utc() - p.created_at) as at offset 0) added;
