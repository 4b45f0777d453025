-- Lets one sender have waiting mails for two minutes: the due ones, verified addresses first, as many as the policy's rate
-- of attempts allows in this minute. Before that, what is no longer true is cancelled and digests are made. Mails of a run that still
-- runs wait for its end, as only then is known whether they become a digest. A lease that lapsed is taken again; due_at
-- is its end meanwhile, so that the queue's index finds it.
-- Plans: of this and what it calls, and of vigie.settle_mails, they are made once a session and go by keys and indexes
-- alone, since planning over all partitions takes several times as long as the work. So that they hold whatever the
-- statistics were, a waiting mail that is looked up by its id is told by "ended_at is null": "status = 'queued'" would
-- allow the queue's index, which holds nothing when it was planned and much when it is used.
-- Returns {"ids", "cancelled", "digested", "stoppedBy": null | "pause" | "gap" | "rate"}.
create or replace function vigie.lease_mails(lease uuid, max_mails integer)
returns jsonb language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set enable_sort = off
set lock_timeout = '20s' as $$
declare
  at timestamptz;
  room integer;
  taken bigint[] := '{}';
  held bigint[];
  is_verified boolean;
  cancelled integer := 0;
  digested integer := 0;
  stopped_by text;
begin
  stopped_by := case
    when exists (select from vigie.pause x where x.part = 'mail') then 'pause'
    when exists (select from vigie.gap g where g.resolved_at is null) then 'gap' end;
  if stopped_by is not null then
    return jsonb_build_object('ids', '[]'::jsonb, 'cancelled', 0, 'digested', 0, 'stoppedBy', stopped_by);
  end if;
  -- Senders take turns: of two at once each would count what is sent in this minute, and make its own digest.
  perform pg_advisory_xact_lock(hashtextextended('vigie.lease_mails', 0));
  perform vigie.ensure_partitions(now());
  at := clock_timestamp();
  room := (select y.mails_per_minute from vigie.policy y)
    - (select count(*) from vigie.mail m
      where m.status in ('sent', 'failed') and m.ended_at > at - interval '1 minute')
    - (select count(*) from vigie.mail m
      where m.status = 'queued' and m.due_at > at and m.due_at <= at + interval '2 minutes' and m.leased_until > at)
    -- Those that a server put off in the last minute, told by how long they wait now (settle_mails).
    - (select count(*) from vigie.mail m
      where m.status = 'queued' and m.due_at > at and m.due_at <= at + interval '6 hours' and m.lease is null
        and m.attempts > 0
        and m.due_at - least(interval '6 hours', interval '1 minute' * power(2, m.attempts - 1)) > at - interval '1 minute');
  if room < max_mails then
    stopped_by := 'rate';
  end if;
  room := least(room, max_mails);

  foreach is_verified in array array[true, false] loop
    while cardinality(taken) < room loop
      held := array(
        select m.id from vigie.mail m
        where m.status = 'queued' and m.due_at <= clock_timestamp()
          and (m.leased_until is null or m.leased_until <= at)
          and is_verified = coalesce((select u.email_verified from public."user" u where u.id = m.user_id), false)
          and not exists (
            select from vigie.job_run r
            where r.id = m.run_id and r.finished_at is null and r.heartbeat_at > at - interval '2 minutes')
        order by m.due_at, m.id
        limit room - cardinality(taken)
        for update of m skip locked);
      exit when cardinality(held) = 0;
      cancelled := cancelled + vigie.cancel_untrue_mails(held);
      digested := digested + vigie.digest_mails(held);
      with leased as (
        update vigie.mail m
        set lease = lease_mails.lease, leased_until = at + interval '2 minutes', due_at = at + interval '2 minutes'
        from unnest(held) as i (id)
        where m.id = i.id and m.ended_at is null
        returning m.id
      )
      select taken || coalesce(array_agg(l.id order by l.id), '{}') into taken from leased l;
    end loop;
  end loop;
  if cardinality(taken) < room then
    stopped_by := null;
  end if;
  if cancelled + digested > 0 then
    perform pg_notify('vigie', json_build_object('kind', 'mail', 'queued', 0)::text);
  end if;
  return jsonb_build_object(
    'ids', to_jsonb(taken), 'cancelled', cancelled, 'digested', digested, 'stoppedBy', stopped_by);
end
$$;
