-- The monthly partitions of events and mails that ended more than 13 months ago, the oldest first. What is theirs is told
-- by the catalog, by what vigie.ensure_partitions made, and by nothing else.
create or replace function vigie.old_partitions()
returns table (partition_name text)
language sql stable security definer
set search_path = pg_catalog, pg_temp set timezone = 'UTC' as $$
  select c.relname::text
  from pg_inherits i
  join pg_class c on c.oid = i.inhrelid
  where i.inhparent in ('vigie.event'::regclass, 'vigie.mail'::regclass)
    and c.relname ~ '^(event|mail)_[0-9]{6}$'
    and to_date(right(c.relname, 6), 'YYYYMM') + interval '1 month' <= now() - interval '13 months'
  order by right(c.relname, 6), c.relname
$$;
