-- Nullable columns and a constant default rewrite nothing: the table is locked for an instant only.
alter table public.project
  add column if not exists last_traffic_at timestamp,
  add column if not exists deactivated_at timestamp,
  add column if not exists reactivation_count integer not null default 0;
