-- Lets one process tell of the open hold, for two minutes: no way of telling takes longer. Returns the hold's id; null: all
-- were told of, or another process is at it.
create or replace function vigie.lease_hold_alert()
returns integer language sql volatile security definer
set search_path = pg_catalog, pg_temp as $$
  update vigie.hold h set telling_until = clock_timestamp() + interval '2 minutes'
  where h.status = 'open' and h.told_at is null and coalesce(h.telling_until <= clock_timestamp(), true)
  returning h.id
$$;
