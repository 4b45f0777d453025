-- Vigie's own tables. None has a foreign key into the platform's: the platform deletes rows of its own.

create table vigie.policy (
  is_only_row boolean primary key default true check (is_only_row),
  inactive_after_days integer not null default 5 check (inactive_after_days between 1 and 3650),
  disabled_after_days integer not null default 7 check (disabled_after_days between 1 and 3650),
  is_lapsed_paid_swept boolean not null default false
);
insert into vigie.policy default values;

-- A project or a team that is left alone: until an instant, or for good.
create table vigie.exemption (
  id integer generated always as identity primary key,
  project_id varchar(32),
  team_id varchar(32),
  until timestamptz,
  reason text not null check (reason ~ '\S'),
  actor text not null default session_user,
  created_at timestamptz not null default now(),
  check (num_nonnulls(project_id, team_id) = 1)
);
create index exemption_project on vigie.exemption (project_id) where project_id is not null;
create index exemption_team on vigie.exemption (team_id) where team_id is not null;

-- One row per sweep that was run, by hand or by a tick.
create table vigie.job_run (
  id integer generated always as identity primary key,
  job text not null check (job in ('sweep')),
  entry text not null,
  machine text not null,
  version text not null,
  actor text not null default session_user,
  started_at timestamptz not null default now(),
  heartbeat_at timestamptz not null default now(),
  finished_at timestamptz,
  outcome text check (outcome in ('done', 'partial', 'cancelled', 'failed')),
  cancel_requested_at timestamptz,
  cancel_requested_by text,
  deactivated integer not null default 0,
  disabled integer not null default 0,
  mails_queued integer not null default 0,
  skipped integer not null default 0,
  failed integer not null default 0,
  -- What went wrong: [{"projectId", "stage", "sqlstate", "message"}], the first hundred.
  failures jsonb not null default '[]',
  -- Why a run ended as failed: {"code", "message"}.
  error jsonb,
  check ((finished_at is null) = (outcome is null))
);
create index job_run_started on vigie.job_run (started_at desc, id desc);

-- The timeline of every project and the record of every act. Users by id, never by address.
create sequence vigie.event_id_seq;
create table vigie.event (
  id bigint not null default nextval('vigie.event_id_seq'),
  created_at timestamptz not null default now(),
  kind text not null,
  project_id varchar(32),
  team_id varchar(32),
  run_id integer,
  -- Who: the login. From where: the entry, its machine and its version.
  actor text not null default session_user,
  entry text not null,
  machine text not null,
  version text not null,
  on_behalf_of_user_id integer,
  reason text,
  before jsonb,
  after jsonb,
  primary key (id, created_at)
) partition by range (created_at);
create index event_project on vigie.event (project_id, created_at desc, id desc) where project_id is not null;
create index event_run on vigie.event (run_id, id) where run_id is not null;

-- The outbox. A row is written in the transaction of the event that it tells of.
create sequence vigie.mail_id_seq;
create table vigie.mail (
  id bigint not null default nextval('vigie.mail_id_seq'),
  created_at timestamptz not null default now(),
  event_id bigint not null,
  project_id varchar(32) not null,
  template text not null check (template in ('project-disabled', 'project-permanently-disabled')),
  user_id integer not null,
  address text not null,
  status text not null default 'queued' check (status in ('queued')),
  primary key (id, created_at)
) partition by range (created_at);
create index mail_project on vigie.mail (project_id, created_at desc);

-- That Vigie itself put a project to sleep, and when: tells its sleepers from those of the first version.
create table vigie.sleeper (
  project_id varchar(32) primary key,
  deactivated_at timestamp not null
);

-- The domains that were active when Vigie put their project to sleep: the only ones that a reactivation gives back.
create table vigie.disabled_domain (
  domain_id integer primary key,
  project_id varchar(32) not null,
  former_status text not null
);
create index disabled_domain_project on vigie.disabled_domain (project_id);

-- How many projects were in each status at the end of a UTC day.
create table vigie.status_day (
  day date not null,
  status text not null,
  projects integer not null check (projects >= 0),
  primary key (day, status)
);
