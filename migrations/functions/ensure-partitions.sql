-- Makes the partitions of events and mails for the month of an instant. "One mail per event and recipient, ever" is a
-- unique index of the partition itself, since a unique index of the whole table would need the date in it.
create or replace function vigie.ensure_partitions(at timestamptz)
returns void language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp set timezone = 'UTC' as $$
declare
  first_day timestamptz := date_trunc('month', at);
  next_month timestamptz := first_day + interval '1 month';
  suffix text := to_char(first_day, 'YYYYMM');
begin
  if to_regclass('vigie.mail_' || suffix) is not null then
    return;
  end if;
  perform pg_advisory_xact_lock(hashtextextended('vigie.ensure_partitions', 0));
  -- Read from the catalogue itself: the session may remember from before the lock that there is no such table.
  if exists (
    select from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'vigie' and c.relname = 'mail_' || suffix) then
    return;
  end if;
  execute format('create table vigie.%I partition of vigie.event for values from (%L) to (%L)',
    'event_' || suffix, first_day, next_month);
  execute format('create table vigie.%I partition of vigie.mail for values from (%L) to (%L)',
    'mail_' || suffix, first_day, next_month);
  execute format('create unique index %I on vigie.%I (event_id, user_id)',
    'mail_' || suffix || '_once', 'mail_' || suffix);
end
$$;
