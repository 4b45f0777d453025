-- Queues mails anew, with all their attempts: some that failed, are dead or wait for their next attempt.
-- Nothing else is touched: what was sent is never sent again. Returns the ids.
create or replace function vigie.retry_mails(ids bigint[])
returns bigint[] language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_custom_plan as $$
declare
  retried bigint[];
begin
  with queued as (
    update vigie.mail m
    set status = 'queued', attempts = 0, due_at = clock_timestamp(), ended_at = null, lease = null, leased_until = null
    where m.id = any (ids)
      and (m.status in ('failed', 'dead') or (m.status = 'queued' and m.attempts > 0 and m.lease is null))
    returning m.id
  )
  select coalesce(array_agg(q.id order by q.id), '{}') into retried from queued q;
  if cardinality(retried) > 0 then
    perform pg_notify('vigie', json_build_object('kind', 'mail', 'queued', cardinality(retried))::text);
  end if;
  return retried;
end
$$;
