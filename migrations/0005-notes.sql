-- What staff note on a project. Nothing is edited; its author may take a note back, and both stay on record. It stays as
-- long as the project, so it is none of the events, which are pruned by the month.
create table vigie.note (
  -- From the events' sequence, so that both stand in one order on a timeline.
  id bigint primary key default nextval('vigie.event_id_seq'),
  project_id varchar(32) not null,
  text text not null check (text ~ '\S' and length(text) <= 4000),
  created_at timestamptz not null default now(),
  -- Who: the login. From where: the entry, its machine and its version.
  actor text not null default session_user,
  entry text not null,
  machine text not null,
  version text not null,
  taken_back_at timestamptz,
  -- From where it was taken back: {"entry", "machine", "version"}.
  taken_back_from jsonb,
  check ((taken_back_at is null) = (taken_back_from is null))
);
create index note_project on vigie.note (project_id, created_at desc, id desc);
