-- The projects after the handmade ones. Fates: visited and quiet (active; quiet ones are protected and idle), due (idle
-- since just over five days), new (nobody came yet), asleep, disabled, paused, deleted. The history goes 96 days back;
-- whoever has one was created 100 days ago or earlier. "offset 0" keeps the planner from pasting one step into the next.
insert into sample_project
  (n, team_n, name, slug, status, created_at, updated_at, last_traffic_at, deactivated_at, was_first_version, slept_key,
    disabled_key, wakings, last_waking, deployments, domains, repo_status, creator_id, exempt_until)
with placed as (
  select project.n, t.n as team_n, t.creator_id, t.created_at as team_created_at,
    replace(replace(pg_temp.one_of('{*-?,*-?,?-*,?}', t.n, 40), '*', t.brand),
      '?', pg_temp.project_kind(t.n, project.n - t.first_project)) as name,
    t.plan in ('none', 'free') as is_free,
    t.plan not in ('none', 'free') or t.is_deleted or t.is_exempt or project.n % 150 = 7 as is_protected,
    t.created_at < pg_temp.utc() - interval '100 days' as has_past,
    pg_temp.roll(project.n, 41) as fate_roll
  from sample_team t
  cross join sample_size size
  cross join lateral generate_series(
    t.first_project, least(t.first_project + t.projects - 1, size.projects)) project (n)
  where t.n > size.edge_teams
  offset 0
), fated as (
  select placed.*,
    case
      when has_past and is_protected
        then pg_temp.drawn('{paused,deleted,asleep,disabled,quiet,visited,new}',
          '{0.02,0.04,0.085,0.115,0.34,0.985}', fate_roll)
      when has_past
        then pg_temp.drawn('{paused,deleted,asleep,disabled,due,visited,new}',
          '{0.02,0.04,0.16,0.25,0.293,0.985}', fate_roll)
      when is_protected or team_created_at > pg_temp.utc() - interval '8 days'
        then pg_temp.drawn('{paused,deleted,visited,new}', '{0.02,0.04,0.97}', fate_roll)
      else pg_temp.drawn('{paused,deleted,due,visited,new}', '{0.02,0.04,0.09,0.97}', fate_roll)
    end as fate,
    -- Not due yet when the last sweep ran that was not cancelled.
    pg_temp.utc() - interval '5 days' - 0.98 * pg_temp.roll(n, 42) * (pg_temp.utc() - pg_temp.night(1)) as due_since
  from placed
  offset 0
), slept as (
  select fated.*,
    case
      when fate = 'asleep' and is_protected and pg_temp.roll(n, 43) > 0.3 then 2 + floor(pg_temp.roll(n, 44) * 86)
      when fate = 'asleep' and not is_protected and pg_temp.roll(n, 43) > 0.05 then 1 + floor(pg_temp.roll(n, 44) * 7)
      when fate = 'disabled' and pg_temp.roll(n, 43) > 0.15 then 8 + floor(power(pg_temp.roll(n, 44), 1.5) * 80)
    end::integer as drawn_key
  from fated
  offset 0
), woken as (
  select slept.*,
    pg_temp.swept_night(drawn_key) as slept_key,
    case when fate = 'disabled' then pg_temp.swept_night(pg_temp.swept_night(drawn_key) - 7) end as disabled_key,
    fate in ('asleep', 'disabled') and drawn_key is null as was_first_version,
    case
      when not has_past or pg_temp.is_deleted_user(creator_id) then 0
      when fate in ('visited', 'quiet', 'due') then 3 - width_bucket(pg_temp.roll(n, 45), '{0.02,0.08,0.3}'::float8[])
      when drawn_key <= 70 then (pg_temp.roll(n, 45) < 0.07)::integer
      else 0
    end as wakings
  from slept
  offset 0
), dated as (
  select woken.*,
    case
      when wakings = 0 then null
      when fate in ('asleep', 'disabled') then drawn_key + 15 + floor(pg_temp.roll(n, 46) * 4)
      when fate = 'due' then 14 + floor(pg_temp.roll(n, 46) * (72 - 18 * (wakings - 1)))
      else 1 + floor(power(pg_temp.roll(n, 46), 1.4) * (86 - 18 * (wakings - 1)))
    end::integer as last_waking,
    case
      when slept_key is not null then pg_temp.moved_at(slept_key, n, 'deactivate')
      -- By the job of the first version, which ran at the same hour.
      when fate = 'asleep' and is_protected then pg_temp.night(8 + floor(pg_temp.roll(n, 47) * 80)::integer)
      when fate = 'asleep' then pg_temp.night(1 + floor(pg_temp.roll(n, 47) * 6)::integer)
      when fate = 'disabled' then pg_temp.night(8 + floor(pg_temp.roll(n, 47) * 80)::integer)
    end as slept_at,
    case
      when fate in ('asleep', 'disabled') or wakings > 0
        then team_created_at + pg_temp.roll(n, 48) * (pg_temp.utc() - interval '100 days' - team_created_at)
      when fate = 'new' then greatest(team_created_at, pg_temp.utc() - interval '115 hours' * pg_temp.roll(n, 48))
      -- Some of those that are due were never visited.
      when fate = 'due' and pg_temp.roll(n, 49) < 0.1 then due_since
      when fate = 'due' then team_created_at + pg_temp.roll(n, 48) * (due_since - team_created_at)
      else team_created_at + pg_temp.roll(n, 48) * (pg_temp.utc() - team_created_at)
    end as created_at
  from woken
  offset 0
), visited as (
  select dated.*, pg_temp.moved_at(pg_temp.swept_night(last_waking), n, 'deactivate') as last_slept_at
  from dated
  offset 0
)
select n, team_n, name, name || '-' || pg_temp.code(n),
  case fate
    when 'asleep' then 'inactive' when 'disabled' then 'permanently_disabled'
    when 'paused' then 'paused' when 'deleted' then 'deleted' else 'active'
  end,
  created_at,
  created_at + pg_temp.roll(n, 50) * (pg_temp.utc() - created_at),
  case
    when fate = 'new' or fate = 'due' and created_at = due_since then null
    when fate = 'due' then due_since
    when fate in ('asleep', 'disabled') then slept_at - interval '5 days' - interval '1 day' * pg_temp.roll(n, 51)
    when fate in ('paused', 'deleted')
      then created_at + pg_temp.roll(n, 51) * pg_temp.roll(n, 50) * (pg_temp.utc() - created_at)
    else greatest(
      pg_temp.utc() - case fate
        when 'quiet' then interval '5 days' + interval '300 days' * power(pg_temp.roll(n, 51), 2)
        else interval '115 hours' * power(pg_temp.roll(n, 51), 4)
      end,
      created_at,
      pg_temp.woken_at(n, 1, last_slept_at))
  end,
  case
    when fate = 'asleep' then slept_at
    when disabled_key is not null then pg_temp.moved_at(disabled_key, n, 'disable')
    when fate = 'disabled' then slept_at + interval '7 days 2 seconds'
  end,
  was_first_version, slept_key, disabled_key, wakings, last_waking,
  width_bucket(pg_temp.roll(n, 52), '{0.02,0.82,0.93,0.98}'::float8[]),
  width_bucket(pg_temp.roll(n, 53), case when is_free then '{0.76,0.96}' else '{0.5,0.85}' end::float8[]),
  pg_temp.drawn('{active,deleted,removed,transferred}', '{0.94,0.96,0.98}', pg_temp.roll(n, 54)),
  case when pg_temp.roll(n, 55) >= 0.05 then creator_id end,
  case when n % 150 = 7 then pg_temp.utc() + interval '1 day' * (5 + floor(pg_temp.roll(n, 56) * 55)) end
from visited;
