-- The handmade cases (edge-cases.ts), read from the document of sample_edges.
insert into sample_size (projects, edge_projects, edge_teams, edge_users)
select wanted, jsonb_array_length(doc -> 'projects'), jsonb_array_length(doc -> 'teams'),
  jsonb_array_length(doc -> 'users')
from sample_edges;

insert into sample_user (id, name, email, username, is_verified, is_deleted, created_at)
select u.id, u.name, u.login || '@example.com', replace(u.login, '.', ''), u."isUnverified" is not true,
  u."isDeleted" is true, pg_temp.utc() - interval '500 days'
from sample_edges, jsonb_to_recordset(doc -> 'users')
  u (id integer, name text, login text, "isUnverified" boolean, "isDeleted" boolean);

insert into sample_team
  (n, name, slug, brand, plan, is_deleted, is_exempt, creator_id, created_at, first_project, projects)
select t.n, t.name, case when t."hasNoSlug" is not true then pg_temp.slug_of(t.name, t.n) end,
  null, t.plan, t."isDeleted" is true, t."isExempt" is true, t."creatorId", pg_temp.utc() - interval '400 days',
  t."firstProject", t.projects
from sample_edges, jsonb_to_recordset(doc -> 'teams')
  t (n integer, name text, "hasNoSlug" boolean, plan text, "isDeleted" boolean, "isExempt" boolean, "creatorId" integer,
    "firstProject" integer, projects integer);

insert into sample_member (team_n, user_id, role)
select m."teamN", m."userId", m.role
from sample_edges, jsonb_to_recordset(doc -> 'members') m ("teamN" integer, "userId" integer, role text);

insert into sample_domain (id, n, place, hostname, type, status, is_left)
select d.id, d.n, d.id, d.hostname, coalesce(d.type, 'route'), coalesce(d.status, 'active'), d."isLeft" is true
from sample_edges, jsonb_to_recordset(doc -> 'domains')
  d (id integer, n integer, hostname text, type text, status text, "isLeft" boolean);

insert into sample_project
  (n, team_n, name, slug, status, created_at, updated_at, last_traffic_at, deactivated_at, was_first_version, slept_key,
    disabled_key, wakings, last_waking, deployments, domains, repo_status, creator_id, exempt_until)
select n, "teamN", name, case when "hasNoSlug" is not true then pg_temp.slug_of(name, n) end, coalesce(status, 'active'),
  created_at,
  case when status in ('paused', 'deleted') then pg_temp.utc() - interval '40 days' else created_at end,
  case
    when disabled_at is not null then coalesce(slept_at, disabled_at - interval '7 days 2 seconds') - interval '123 hours'
    when status = 'inactive' then coalesce(slept_at, pg_temp.utc() - interval '50 days') - interval '123 hours'
    when not is_never_visited then greatest(
      pg_temp.utc() - interval '1 hour' * coalesce("idleHours", 2),
      pg_temp.woken_at(n, 1, pg_temp.moved_at(pg_temp.swept_night("lastWakingNight"), n, 'deactivate')))
  end,
  coalesce(disabled_at, slept_at),
  "isFirstVersion" is true, slept_key, "disabledNight", coalesce(wakings, 0), "lastWakingNight",
  coalesce(deployments, 1), domains, coalesce("repoStatus", 'active'),
  case when "hasNoCreator" is not true then "creatorId" end,
  pg_temp.utc() + interval '1 hour' * "exemptForHours"
from (
  select p.*, keys.slept_key, raw @> '{"idleHours": null}' as is_never_visited,
    pg_temp.utc() - interval '1 hour' * coalesce(p."ageHours", 7200) as created_at,
    case when keys.slept_key is not null then pg_temp.moved_at(keys.slept_key, p.n, 'deactivate')
      else pg_temp.utc() - interval '1 hour' * p."sleptHoursAgo" end as slept_at,
    case when p."disabledNight" is not null then pg_temp.moved_at(p."disabledNight", p.n, 'disable')
      else pg_temp.utc() - interval '1 hour' * p."disabledHoursAgo" end as disabled_at
  from sample_edges
  cross join jsonb_array_elements(doc -> 'projects') raw
  cross join lateral jsonb_to_record(raw) p (
    n integer, "teamN" integer, name text, "hasNoSlug" boolean, "hasNoCreator" boolean, status text, "ageHours" float8,
    "idleHours" float8, "isFirstVersion" boolean, "sleptNight" integer, "sleptHoursAgo" integer, "disabledNight" integer,
    "disabledHoursAgo" integer, wakings integer, "lastWakingNight" integer, "exemptForHours" integer,
    deployments integer, domains integer, "repoStatus" text, "creatorId" integer)
  cross join lateral (select case when p."isFirstVersion" is not true
    then coalesce(p."sleptNight", -p."sleptHoursAgo") end as slept_key) keys
) edge;
