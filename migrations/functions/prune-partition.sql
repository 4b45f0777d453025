-- Drops the oldest of vigie.old_partitions() and returns its name; null: there is none. One per transaction, since for a
-- moment nobody else can read the table of which it is a part; it waits for that no longer than the session's lock_timeout.
create or replace function vigie.prune_partition()
returns text language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp as $$
declare
  oldest text;
begin
  perform pg_advisory_xact_lock(hashtextextended('vigie.ensure_partitions', 0));
  select o.partition_name into oldest from vigie.old_partitions() o limit 1;
  if oldest is null then
    return null;
  end if;
  execute format('drop table vigie.%I', oldest);
  return oldest;
end
$$;
