-- What the sample will be, in temporary tables: edges.sql and bulk-*.sql fill them, write-*.sql and
-- history-*.sql read them.
-- All chance is a hash of an index and a salt, so that every run makes the same; only the dates follow the clock.

-- From 0 (included) to 1 (excluded).
create function pg_temp.roll(n bigint, salt bigint) returns float8 language sql immutable as $$
  select (hashint8extended(n, 7919 * salt) & 1048575)::float8 / 1048576
$$;
create function pg_temp.one_of(words text[], n bigint, salt bigint) returns text language sql immutable as $$
  select words[1 + (hashint8extended(n, 7919 * salt) & 1073741823) % cardinality(words)]
$$;
-- The value of the interval that the roll falls into; thresholds are one fewer than values.
create function pg_temp.drawn(outcomes text[], thresholds float8[], roll float8) returns text language sql immutable as $$
  select outcomes[1 + width_bucket(roll, thresholds)]
$$;
create function pg_temp.is_deleted_user(id bigint) returns boolean language sql immutable as $$
  select pg_temp.roll(id, 28) < 0.01
$$;
-- Six hexadecimal digits that no other index below 16,777,216 has: the multiplier is odd.
create function pg_temp.code(n bigint) returns text language sql immutable as $$
  select lpad(to_hex((n * 10368889) & 16777215), 6, '0')
$$;
-- Accents first: in the locale C, lower() knows ASCII alone.
create function pg_temp.without_accents(name text) returns text language sql immutable as $$
  select lower(translate(replace(name, 'œ', 'oe'), 'àâäçéèêëîïôöùûüÿÀÂÇÉÈÊËÎÏÔÙÛÜ', 'aaaceeeeiioouuuyaaceeeeiiouuu'))
$$;
create function pg_temp.slugify(name text) returns text language sql immutable as $$
  select btrim(left(regexp_replace(pg_temp.without_accents(name), '[^a-z0-9]+', '-', 'g'), 30), '-')
$$;
create function pg_temp.slug_of(name text, n bigint) returns text language sql immutable as $$
  select concat_ws('-', nullif(pg_temp.slugify(name), ''), pg_temp.code(n))
$$;
create function pg_temp.team_id(n bigint) returns varchar language sql immutable as $$
  select md5('sample team ' || n::text)::varchar
$$;
create function pg_temp.project_id(n bigint) returns varchar language sql immutable as $$
  select md5('sample project ' || n::text)::varchar
$$;
create function pg_temp.deployment_id(n bigint, place integer) returns varchar language sql immutable as $$
  select md5('sample deployment ' || n::text || ' ' || place::text)::varchar
$$;

-- The transaction's now as a constant: what is computed from it alone, the planner computes once.
do $$
begin
  execute format('create function pg_temp.utc() returns timestamp language sql immutable as %L',
    format('select timestamp %L', now() at time zone 'utc'));
end
$$;
-- When the nightly sweep of `nights` ago began; 0 is the latest.
create function pg_temp.night(nights integer) returns timestamp language sql immutable as $$
  select date_trunc('day', pg_temp.utc() - interval '2 hours') + interval '2 hours' - nights * interval '1 day'
$$;
-- Nothing was swept 37 nights ago: that run failed. Whoever was due then went the night after.
create function pg_temp.swept_night(nights integer) returns integer language sql immutable as $$
  select case nights when 37 then 36 else nights end
$$;
-- A run is known by its key until it has an id: nights ago, or minus the hours ago of one started by hand.
create function pg_temp.run_start(key integer) returns timestamp language sql immutable as $$
  select case when key >= 0 then pg_temp.night(key)
    else pg_temp.utc() + key * interval '1 hour' - interval '300 milliseconds' end
$$;
-- The instant of the batch in which a run moved a project.
create function pg_temp.moved_at(key integer, n bigint, stage text) returns timestamp language sql immutable as $$
  select pg_temp.run_start(key)
    + interval '100 milliseconds' * (n % 4 + case stage when 'deactivate' then 3 else 12 end)
$$;
-- Some time within the 6.5 days in which a sleeper can still be woken; every sleep but a project's last has one.
create function pg_temp.woken_at(n bigint, number integer, slept_at timestamp) returns timestamp language sql immutable as $$
  select slept_at
    + (0.02 + 0.97 * pg_temp.roll(n * 8 + number, 18)) * least(interval '156 hours', pg_temp.utc() - slept_at)
$$;

-- The handmade cases as a document (edge-rows.ts), and how many projects are wanted.
create temporary table sample_edges (doc jsonb, wanted integer) on commit drop;
-- How much to make, and what of it is handmade.
create temporary table sample_size (
  projects integer, edge_projects integer, edge_teams integer, edge_users integer
) on commit drop;

create temporary table sample_user (
  id integer primary key, name text, email text, username text, is_verified boolean, is_deleted boolean,
  created_at timestamp
) on commit drop;

-- Plan: none (no subscription row), free, paid, cancelled, expired.
create temporary table sample_team (
  n integer primary key, id varchar, name text, slug text, brand text, plan text, is_deleted boolean, is_exempt boolean,
  creator_id integer, created_at timestamp, first_project integer, projects integer
) on commit drop;

create temporary table sample_member (team_n integer, user_id integer, role text) on commit drop;

-- slept_key, disabled_key: the runs that put it to sleep and that disabled it for good. was_first_version: its sleep was
-- the first version's. wakings: how often it was reactivated, the last time from the sleep of the night last_waking.
create temporary table sample_project (
  n integer, team_n integer, name text, slug text, status text, created_at timestamp, updated_at timestamp,
  last_traffic_at timestamp, deactivated_at timestamp, was_first_version boolean, slept_key integer, disabled_key integer,
  wakings integer, last_waking integer, deployments integer, domains integer, repo_status text, creator_id integer,
  exempt_until timestamp
) on commit drop;

-- Status: as it was before its project fell asleep. is_left: a reactivation did not give it back, as another project has
-- its hostname.
create temporary table sample_domain (
  id integer, n integer, place integer, hostname text, type text, status text, is_left boolean
) on commit drop;

-- One row per sleep of a project; number 0 is the one it is in, 1 the latest that it was woken from.
create temporary table sample_sleep (
  n integer, number integer, is_ours boolean, slept_key integer, slept_at timestamp, last_activity_at timestamp,
  woken_at timestamp, disabled_key integer, disabled_at timestamp
) on commit drop;
