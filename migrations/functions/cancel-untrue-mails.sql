-- Cancels those of some mails, held by the caller's locks, that are no longer true, and digests that have nothing left to
-- tell. Returns how many it were.
create or replace function vigie.cancel_untrue_mails(ids bigint[])
returns integer language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
declare
  members bigint[];
  cancelled integer;
  empty_digests integer;
begin
  members := array(
    select x.id from unnest(ids) as i (id)
    join vigie.mail d on d.id = i.id and d.project_id is null
    join vigie.mail x on x.run_id = d.run_id and x.user_id = d.user_id and x.digest_id = d.id and x.status = 'digested');
  update vigie.mail m
  set status = 'cancelled', answer = w.answer, ended_at = clock_timestamp(), lease = null, leased_until = null
  from vigie.untrue_mails(ids || members) w
  where m.id = w.id;
  get diagnostics cancelled = row_count;
  update vigie.mail m
  set status = 'cancelled', ended_at = clock_timestamp(), lease = null, leased_until = null,
    answer = jsonb_build_object('code', 'NOTHING_LEFT', 'message', 'None of its mails is true any more.')
  from unnest(ids) as i (id)
  where m.id = i.id and m.project_id is null and not exists (
    select from vigie.mail x
    where x.run_id = m.run_id and x.user_id = m.user_id and x.digest_id = m.id and x.status = 'digested');
  get diagnostics empty_digests = row_count;
  return cancelled + empty_digests;
end
$$;
