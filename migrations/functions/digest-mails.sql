-- More than three waiting mails of one recipient, template and run become one digest. Looks at the groups to which some
-- mails belong, cancels first what is no longer true, and returns how many mails were taken up by digests. A mail that
-- somebody may have begun to send stays what it is, so that it keeps its Message-ID.
create or replace function vigie.digest_mails(ids bigint[])
returns integer language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
declare
  crowded bigint[];
  members bigint[];
  digested integer;
begin
  -- Few groups are so large; only theirs are locked and judged.
  crowded := array(
    select unnest(array_agg(x.id))
    from vigie.mail x
    where x.ended_at is null and x.attempts = 0 and x.lease is null
      and (x.run_id, x.user_id, x.template) in (
        select m.run_id, m.user_id, m.template
        from unnest(ids) as i (id) join vigie.mail m on m.id = i.id
        where m.run_id is not null and m.ended_at is null and m.attempts = 0 and m.lease is null
          and m.template in ('project-disabled', 'project-permanently-disabled'))
    group by x.run_id, x.user_id, x.template
    having count(*) > 3);
  if cardinality(crowded) = 0 then
    return 0;
  end if;
  members := array(
    select x.id
    from vigie.mail x
    where x.id = any (crowded) and x.ended_at is null and x.attempts = 0 and x.lease is null
    order by x.id for update skip locked);
  if cardinality(members) <= 3 then
    return 0;
  end if;
  perform vigie.cancel_untrue_mails(members);
  with groups as (
    select m.run_id, m.user_id, m.template, max(m.address) as address, array_agg(m.id) as ids
    from unnest(members) as i (id) join vigie.mail m on m.id = i.id
    where m.ended_at is null
    group by m.run_id, m.user_id, m.template
    having count(*) > 3
  ), made as (
    insert into vigie.mail (run_id, user_id, template, address)
    select g.run_id, g.user_id, g.template || '-digest', g.address from groups g
    returning id, run_id, user_id, template
  )
  update vigie.mail m
  set status = 'digested', digest_id = d.id, ended_at = clock_timestamp()
  from made d
  join groups g on g.run_id = d.run_id and g.user_id = d.user_id and g.template || '-digest' = d.template
  cross join unnest(g.ids) as i (id)
  where m.id = i.id;
  get diagnostics digested = row_count;
  return digested;
end
$$;
