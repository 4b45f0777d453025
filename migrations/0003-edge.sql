-- What the edge needs: traffic as it is seen, hostnames that are blocked, containers that rest.

alter table vigie.policy
  -- Brakes of unattended sweeps. The embedded database, whose sample nobody visits, is switched off when it is made.
  add column is_watch_required boolean not null default true,
  -- From when on a gap of every intake extends the deadlines, and a silent intake stops a sweep.
  add column watch_gap_minutes integer not null default 60 check (watch_gap_minutes between 1 and 1440),
  -- Of its usual hits, below which an intake stops a sweep.
  add column intake_percent integer not null default 30 check (intake_percent between 0 and 100),
  -- How long daily hits are kept.
  add column traffic_days integer not null default 90 check (traffic_days between 30 and 3650),
  -- After permanent disabling, containers are removed.
  add column container_removal_days integer not null default 30 check (container_removal_days between 1 and 3650);

-- Where traffic is seen. Enrolled until a person retires it: an intake that is silent stops the sweep.
create table vigie.intake (
  id integer generated always as identity primary key,
  machine text not null,
  kind text not null check (kind in ('access_log', 'forward_auth')),
  -- What it reads or answers: the log's path, or an address.
  source text not null,
  enrolled_at timestamptz not null default now(),
  retired_at timestamptz,
  retired_by text,
  -- The process that feeds it; a flush of any other is refused.
  feeder uuid,
  flushed_at timestamptz,
  -- All traffic before it is counted.
  covered_until timestamptz,
  -- Up to where the log is counted; committed with the counts.
  position jsonb,
  garbage_lines bigint not null default 0,
  unknown_hits bigint not null default 0,
  unique (machine, kind, source),
  check ((retired_at is null) = (retired_by is null))
);

-- When an intake was watching, without a break. Between the spans of all of them nobody was.
create table vigie.watch_span (
  intake_id integer not null,
  span_from timestamptz not null,
  span_to timestamptz not null,
  primary key (intake_id, span_from),
  check (span_from <= span_to)
);

-- What an intake saw in an hour, to tell its usual from too little; the excluded are among its hits.
create table vigie.intake_hour (
  intake_id integer not null,
  hour timestamptz not null,
  hits bigint not null default 0,
  excluded bigint not null default 0,
  primary key (intake_id, hour)
);

-- Counted hits of a project on a UTC day.
create table vigie.traffic_day (
  project_id varchar(32) not null,
  day date not null,
  hits bigint not null check (hits >= 0),
  primary key (project_id, day)
) with (fillfactor = 80);
create index traffic_day_day on vigie.traffic_day (day);

-- Requests that an admin does not want to count. observed: they count still, and are tallied, to see what it would change.
create table vigie.exclusion (
  id integer generated always as identity primary key,
  kind text not null check (kind in ('user_agent', 'path', 'address', 'list')),
  -- A part of the user agent, a prefix of the path, a CIDR range, or the name of a ready list.
  pattern text not null,
  status text not null default 'observed' check (status in ('observed', 'applied', 'ended')),
  reason text not null check (reason ~ '\S'),
  created_at timestamptz not null default now(),
  created_by text not null default session_user,
  applied_at timestamptz,
  ended_at timestamptz,
  check ((status = 'ended') = (ended_at is not null))
);
create unique index exclusion_pattern on vigie.exclusion (kind, pattern) where status <> 'ended';

-- The hits that an exclusion matched. is_counted: they were, since it was only observed.
create table vigie.excluded_day (
  project_id varchar(32) not null,
  day date not null,
  exclusion_id integer not null,
  is_counted boolean not null,
  hits bigint not null check (hits >= 0),
  last_at timestamptz not null,
  primary key (project_id, day, exclusion_id, is_counted)
) with (fillfactor = 80);
create index excluded_day_exclusion on vigie.excluded_day (exclusion_id);
create index excluded_day_day on vigie.excluded_day (day);

-- The last counted and the last excluded hit of a project: hostname and kind of client, and no more.
create table vigie.last_hit (
  project_id varchar(32) not null,
  is_excluded boolean not null,
  at timestamptz not null,
  hostname text not null,
  client text not null check (client in ('browser', 'program', 'bot', 'monitor', 'link_preview', 'unknown')),
  intake_id integer not null,
  exclusion_id integer,
  primary key (project_id, is_excluded)
) with (fillfactor = 80);

-- A directory of Traefik's that an agent keeps. A project is blocked when every enrolled edge has confirmed it.
create table vigie.edge (
  id integer generated always as identity primary key,
  machine text not null,
  directory text not null,
  enrolled_at timestamptz not null default now(),
  retired_at timestamptz,
  retired_by text,
  keeper uuid,
  -- Its latest pass over the directory, and what went wrong in it: {"code", "message"}.
  reconciled_at timestamptz,
  error jsonb,
  -- Projects whose files are not as they should be.
  out_of_step integer not null default 0,
  unique (machine, directory),
  check ((retired_at is null) = (retired_by is null))
);
create table vigie.edge_block (
  edge_id integer not null,
  project_id varchar(32) not null,
  -- Of the deactivation that it blocks.
  deactivated_at timestamp,
  confirmed_at timestamptz not null default now(),
  primary key (edge_id, project_id)
);
create index edge_block_project on vigie.edge_block (project_id);

-- Containers that Vigie stopped, until they run again or are removed.
create table vigie.stopped_container (
  deployment_id varchar(32) primary key,
  project_id varchar(32) not null,
  container_id varchar(64) not null,
  stopped_at timestamptz not null default now(),
  -- An agent is at it, has failed or has died over it: nobody knows whether it runs.
  is_in_doubt boolean not null default false,
  -- Failed attempts in a row, when the next one is due, and what went wrong: {"action", "code", "message"}.
  attempts integer not null default 0,
  due_at timestamptz not null default now(),
  error jsonb
);
create index stopped_container_project on vigie.stopped_container (project_id);

-- The key that signs owners' links. Read by the agent alone.
create table vigie.link_key (
  is_only_row boolean primary key default true check (is_only_row),
  key bytea not null default sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text, 'UTF8'))
);
insert into vigie.link_key default values;

-- How the parts of an agent are: {"<part>": {"error": null | {"code", "message"}, …figures}}.
alter table vigie.agent add column report jsonb not null default '{}';
drop function if exists vigie.agent_heartbeat(uuid, text[], jsonb);

-- Of a run of the deployments cleanup.
alter table vigie.job_run add column containers_removed integer not null default 0;
