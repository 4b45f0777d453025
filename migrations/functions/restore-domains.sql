-- Gives sleeping projects, whose rows the caller has locked and not changed yet, the domains back that Vigie disabled,
-- and forgets that it put them to sleep. Sleepers of the first version (not is_ours) have nothing remembered: all their
-- disabled domains return, unless is_only_remembered. A hostname that is active on another project stays with it (kept).
create or replace function vigie.restore_domains(ids varchar[], is_only_remembered boolean)
returns table (project_id varchar, is_ours boolean, restored varchar[], kept varchar[])
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_custom_plan as $$
#variable_conflict use_column
begin
  -- Two sleepers that share a hostname must not both get it back at once.
  perform pg_advisory_xact_lock(hashtextextended('vigie.hostname ' || h.hostname, 0))
  from (
    select distinct d.hostname
    from unnest(ids) as i (id) join public.domain d on d.project_id = i.id
    where d.status = 'disabled'
      and exists (select from public.domain o where o.hostname = d.hostname and o.project_id <> d.project_id)
    order by d.hostname) h;

  -- A statement of its own after the locks: it sees who has a hostname now.
  return query
  with asleep as (
    select p.id, exists (
      select from vigie.sleeper s
      where s.project_id = p.id and s.deactivated_at is not distinct from p.deactivated_at) as is_ours
    from unnest(ids) as i (id) join public.project p on p.id = i.id
  ), candidate as (
    select d.id, d.project_id, d.hostname, coalesce(x.former_status, 'active') as former_status
    from asleep a
    join public.domain d on d.project_id = a.id and d.status = 'disabled'
    left join vigie.disabled_domain x on x.domain_id = d.id and x.project_id = d.project_id
    where x.domain_id is not null or not (a.is_ours or is_only_remembered)
  ), judged as (
    -- Of several of the ids that share a hostname, the oldest row has it.
    select c.*,
      c.project_id <> first_value(c.project_id) over (partition by c.hostname order by c.id)
      or exists (
        select from public.domain o
        where o.hostname = c.hostname and o.project_id <> c.project_id and o.status = 'active') as is_kept
    from candidate c
  ), woken as (
    update public.domain d set status = j.former_status::public.domain_status
    from judged j
    where d.id = j.id and d.status = 'disabled' and not j.is_kept
    returning d.project_id, d.hostname
  ), forgotten as (
    delete from vigie.disabled_domain x using asleep a where x.project_id = a.id
  ), risen as (
    delete from vigie.sleeper s using asleep a where s.project_id = a.id
  )
  select a.id, a.is_ours, coalesce(w.hostnames, '{}'), coalesce(k.hostnames, '{}')
  from asleep a
  left join (
    select w.project_id, array_agg(w.hostname order by w.hostname) as hostnames from woken w group by 1
  ) w on w.project_id = a.id
  left join (
    select j.project_id, array_agg(distinct j.hostname order by j.hostname) as hostnames
    from judged j where j.is_kept group by 1
  ) k on k.project_id = a.id;
end
$$;
