-- What unattended nights need: modes, brakes, holds, claims, pauses, agents, and an outbox that is delivered.

alter table vigie.policy
  add column is_upgraded_woken boolean not null default true,
  -- Unattended sweeps. A platform's database begins by looking on; the embedded one is switched on when it is made.
  add column sweep_mode text not null default 'observe' check (sweep_mode in ('off', 'observe', 'canary', 'on')),
  add column canary_team_ids varchar(32)[] not null default '{}',
  -- Cron expressions of five fields, in UTC.
  add column sweep_schedule text not null default '0 2 * * *',
  add column cleanup_schedule text not null default '0 3 * * *',
  add column counts_schedule text not null default '5 0 * * *',
  add column pruning_schedule text not null default '30 0 * * *',
  -- Brakes.
  add column silent_projects integer not null default 20 check (silent_projects between 1 and 1000000),
  add column silent_hours integer not null default 24 check (silent_hours between 1 and 720),
  add column many_projects integer not null default 200 check (many_projects between 0 and 1000000),
  add column many_percent integer not null default 20 check (many_percent between 0 and 100),
  add column many_median_factor integer not null default 3 check (many_median_factor between 1 and 100),
  -- The least that the median may hold, so that a quiet platform is not held for a handful.
  add column many_median_projects integer not null default 20 check (many_median_projects between 0 and 1000000),
  add column gap_hours integer not null default 24 check (gap_hours between 1 and 720),
  add column hold_hours integer not null default 72 check (hold_hours between 1 and 720),
  add column revert_days integer not null default 30 check (revert_days between 1 and 365),
  -- Mail.
  add column mails_per_minute integer not null default 300 check (mails_per_minute between 1 and 100000),
  add column mail_language text not null default 'both' check (mail_language in ('en', 'fr', 'both')),
  add column mail_zone text not null default 'UTC',
  add column is_warning_mailed boolean not null default false,
  add column warning_hours integer not null default 48 check (warning_hours between 1 and 720),
  add column is_reactivation_mailed boolean not null default false,
  add column mail_body_days integer not null default 90 check (mail_body_days between 1 and 3650);

alter table vigie.job_run
  drop constraint job_run_job_check,
  drop constraint job_run_outcome_check,
  add constraint job_run_job_check check (job in ('sweep', 'cleanup', 'counts', 'pruning', 'revert')),
  add constraint job_run_outcome_check check (outcome in ('done', 'partial', 'cancelled', 'failed', 'held')),
  -- The instant that it was due; null: a person started it.
  add column tick timestamptz,
  -- Whoever runs it now; a takeover changes it, and the batches of the one before are refused.
  add column runner uuid,
  -- A preview that was stored: nothing was written to projects.
  add column is_preview boolean not null default false,
  add column reason text,
  add column reverts_run_id integer,
  add column releases_hold_id integer,
  add column not_told integer not null default 0,
  -- What a revert left as it is, in projects by why: {"gone", "changed", ...}.
  add column left_alone jsonb not null default '{}';
create unique index job_run_tick on vigie.job_run (job, tick) where tick is not null;
create unique index job_run_sweep_day on vigie.job_run (((tick at time zone 'utc')::date))
  where job = 'sweep' and tick is not null;

-- The exact list of a stored preview or of a hold.
create table vigie.run_project (
  run_id integer not null,
  stage text not null check (stage in ('deactivate', 'disable')),
  project_id varchar(32) not null,
  -- Due, but its owner was never told of the first stage: left alone.
  is_not_told boolean not null default false,
  primary key (run_id, stage, project_id)
);

-- A sweep that a brake stopped, until a person releases or dismisses it.
create table vigie.hold (
  id integer generated always as identity primary key,
  run_id integer not null unique,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  -- [{"brake", ...the figures that tripped it}]
  brakes jsonb not null,
  deactivated integer not null,
  disabled integer not null,
  status text not null default 'open' check (status in ('open', 'released', 'dismissed', 'superseded')),
  closed_at timestamptz,
  closed_by text,
  reason text,
  check ((status = 'open') = (closed_at is null))
);
create unique index hold_open on vigie.hold ((true)) where status = 'open';

create table vigie.pause (
  part text primary key check (part in ('sweep', 'mail', 'routing', 'containers')),
  paused_at timestamptz not null default now(),
  actor text not null default session_user,
  reason text not null check (reason ~ '\S')
);

-- The processes that act while nobody looks, and when each was last heard of.
create table vigie.agent (
  id uuid primary key,
  entry text not null,
  machine text not null,
  version text not null,
  parts text[] not null,
  started_at timestamptz not null default now(),
  heartbeat_at timestamptz not null default now(),
  stopped_at timestamptz
);
create index agent_heartbeat on vigie.agent (heartbeat_at desc);

-- Agents were silent for long: an outage, or a restored copy. Sweep, mail and routing wait until a person has looked.
create table vigie.gap (
  id integer generated always as identity primary key,
  noticed_at timestamptz not null default now(),
  last_heartbeat_at timestamptz not null,
  resolved_at timestamptz,
  resolved_by text
);
create unique index gap_open on vigie.gap ((true)) where resolved_at is null;

-- Projects as Vigie last saw or left them, to notice what is changed outside of it.
create table vigie.seen (
  project_id varchar(32) primary key,
  status text not null,
  plan_kind text not null,
  reactivation_count integer not null,
  deactivated_at timestamp
) with (fillfactor = 80);
-- How Vigie was steered.
create index event_steering on vigie.event (id) where kind in ('policy_changed', 'paused', 'resumed');
create index event_outside on vigie.event (created_at) where kind = 'changed_outside';

alter table vigie.mail
  alter column event_id drop not null,
  alter column project_id drop not null,
  drop constraint mail_template_check,
  drop constraint mail_status_check,
  add constraint mail_template_check check (template in (
    'project-disabled', 'project-permanently-disabled', 'project-disabled-digest',
    'project-permanently-disabled-digest', 'project-warning', 'project-reactivated')),
  -- digested: told by the digest it belongs to. dead: given up after the last attempt. cancelled: no longer true.
  add constraint mail_status_check check (status in ('queued', 'sent', 'failed', 'dead', 'cancelled', 'digested')),
  add column run_id integer,
  -- The digest that tells of it.
  add column digest_id bigint,
  add column attempts integer not null default 0,
  add column due_at timestamptz not null default now(),
  add column lease uuid,
  add column leased_until timestamptz,
  add column ended_at timestamptz,
  -- What the server said last: {"code", "message"}.
  add column answer jsonb,
  add column subject text,
  add column body_text text,
  add column body_html text;
create index mail_queue on vigie.mail (due_at, id) where status = 'queued';
create index mail_status on vigie.mail (status, created_at desc, id desc);
create index mail_run on vigie.mail (run_id, user_id) where run_id is not null;
-- For the rate: what went out in the last minute.
create index mail_ended on vigie.mail (ended_at) where status in ('sent', 'failed');
