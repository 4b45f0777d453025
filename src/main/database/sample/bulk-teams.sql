-- The teams after the handmade ones: as many as it takes to hold all projects, four each on average.
insert into sample_team
  (n, name, slug, brand, plan, is_deleted, is_exempt, creator_id, created_at, first_project, projects)
select n, pg_temp.team_name(n, noun, pg_temp.first_name(creator_id)), pg_temp.without_accents(noun) || '-' || pg_temp.code(n),
  pg_temp.without_accents(noun), plan, pg_temp.roll(n, 25) < 0.01, pg_temp.roll(n, 26) < 0.008, creator_id, created_at,
  first_project, projects
from (
  select sized.*,
    1 + (select s.edge_projects from sample_size s)
      + (sum(projects) over (order by n) - projects)::integer as first_project
  from (
    select planned.*,
      case
        when pg_temp.roll(n, 22) < 0.01 then 0
        when plan in ('none', 'free') then pg_temp.one_of('{1,2,2,3,3,3,4,4,4,5}', n, 23)::integer
        else pg_temp.one_of('{3,4,6,7,8,10,11,15}', n, 23)::integer
      end as projects
    from (
      select n, pg_temp.team_noun(n) as noun,
        -- Every twelfth belongs to the owner of the one before.
        size.edge_users + n - size.edge_teams - (case when n % 12 = 0 and n > size.edge_teams + 1 then 1 else 0 end)
          as creator_id,
        case
          when plan_draw < 39 then 'none'
          when plan_draw < 78 then 'free'
          when plan_draw < 96 then 'paid'
          when plan_draw < 98 then 'cancelled'
          else 'expired'
        end as plan,
        pg_temp.utc() - interval '1 day'
          * case when age_roll < 0.1 then 2 + age_roll * 980 else 101 + power(age_roll, 1.5) * 900 end as created_at
      from sample_size size
      cross join generate_series(
        size.edge_teams + 1, size.edge_teams + (size.projects - size.edge_projects) / 3 + 50) n
      cross join lateral (select n * 37 % 100 as plan_draw, pg_temp.roll(n, 21) as age_roll offset 0) chance
      where size.projects > size.edge_projects
      offset 0
    ) planned
    offset 0
  ) sized
) placed
where first_project <= (select s.projects from sample_size s);

insert into sample_user (id, name, email, username, is_verified, is_deleted, created_at)
select id, first_name || ' ' || last_name, login || '@' || pg_temp.mail_domain(id), replace(login, '.', ''),
  pg_temp.roll(id, 27) >= 0.08, pg_temp.is_deleted_user(id), created_at
from (
  select id, first_name, last_name, created_at,
    pg_temp.without_accents(first_name) || '.' || pg_temp.without_accents(last_name) || id as login
  from (
    select id, pg_temp.first_name(id) as first_name, pg_temp.last_name(id) as last_name, created_at
    from (
      select t.creator_id as id, min(t.created_at) - interval '20 days' * pg_temp.roll(t.creator_id, 29) as created_at
      from sample_team t, sample_size size
      where t.n > size.edge_teams
      group by t.creator_id
      union all
      -- Those who only help in the teams of others.
      select size.edge_users + teams.bulk + k, pg_temp.utc() - interval '1000 days' * pg_temp.roll(k, 30)
      from sample_size size
      cross join lateral (select count(*)::integer as bulk from sample_team t where t.n > size.edge_teams) teams
      cross join generate_series(1, (teams.bulk + 4) / 5) k
    ) people
    offset 0
  ) named
  offset 0
) addressed;

insert into sample_member (team_n, user_id, role)
select t.n, t.creator_id, 'owner' from sample_team t, sample_size size where t.n > size.edge_teams
union all
select distinct on (t.n, user_id)
  t.n, user_id, pg_temp.one_of('{owner,admin,admin,member,member,member}', t.n * 8 + place, 33)
from sample_size size
cross join lateral (select count(*)::integer as bulk from sample_team t where t.n > size.edge_teams) teams
join sample_team t on t.n > size.edge_teams
cross join lateral generate_series(1, case
  when t.plan in ('none', 'free') then (pg_temp.roll(t.n, 31) < 0.25)::integer
  else 1 + floor(pg_temp.roll(t.n, 31) * 4)::integer
end) place
cross join lateral (select size.edge_users + teams.bulk + 1
  + floor(pg_temp.roll(t.n * 8 + place, 32) * ((teams.bulk + 4) / 5))::integer as user_id) helper
order by 1, 2;
