-- What happened to these projects outside Vigie since it last saw or left them. What it never saw is only recorded. The
-- rest is told on the timeline; a return to active, or a team's fall back to the free plan, restarts the clock; an inactive
-- project whose team moved to a paid plan is woken, if the policy says so. Everything is read again under the lock of the
-- project's row, which each of Vigie's writes to "seen" holds. Nobody waits: what somebody else holds is noticed later.
-- Origin: {"entry", "machine", "version"}. Returns {"firstSeen", "changed", "clocksRestarted", "woken", "mailsQueued"}.
create or replace function vigie.notice_changes(ids varchar[], origin jsonb)
returns jsonb language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp set plan_cache_mode = force_custom_plan as $$
declare
  now_utc timestamp := now() at time zone 'utc';
  y vigie.policy;
  held varchar[];
  upgraded varchar[];
  teams varchar[];
  domains jsonb;
  first_seen integer;
  answer jsonb;
begin
  perform vigie.ensure_partitions(now());
  select * into y from vigie.policy;
  -- Without locks: if one of Vigie's own writes comes between, its row is there first and stays.
  insert into vigie.seen (project_id, status, plan_kind, reactivation_count, deactivated_at)
  select c.project_id, c.status, c.plan_kind, c.reactivation_count, c.deactivated_at
  from unnest(ids) as i (id) join vigie.changed() c on c.project_id = i.id
  where c.is_new
  order by c.project_id
  on conflict do nothing;
  get diagnostics first_seen = row_count;

  held := array(
    select p.id
    from unnest(ids) as i (id)
    join vigie.changed() c on c.project_id = i.id
    join public.project p on p.id = c.project_id
    where not c.is_new
    order by p.id for no key update of p skip locked);
  -- Statements of their own after the locks: they see the project as it is now.
  select array_agg(c.project_id), array_agg(c.project_id) filter (where y.is_upgraded_woken
    and c.status = 'inactive' and c.plan_kind = 'paid' and c.seen_plan_kind <> 'paid' and t.status <> 'deleted')
  into held, upgraded
  from unnest(held) as h (id)
  join vigie.changed() c on c.project_id = h.id
  join public.team t on t.id = c.team_id;
  teams := array(select distinct p.team_id from unnest(upgraded) as u (id) join public.project p on p.id = u.id);

  select jsonb_object_agg(d.project_id, jsonb_build_object('domainsRestored', to_jsonb(d.restored),
    'domainsLeft', to_jsonb(d.kept), 'isFirstVersionSleeper', not d.is_ours))
  into domains
  from vigie.restore_domains(upgraded, false) d;

  with change as (
    select c.*, coalesce(domains ? c.project_id, false) as is_woken, p.last_traffic_at,
      p.status = 'active' and t.status <> 'deleted' and (
        c.seen_status <> 'active' or c.seen_reactivation_count < c.reactivation_count
        or (c.seen_plan_kind <> 'free' and c.plan_kind = 'free')
        or (c.seen_plan_kind = 'paid' and c.plan_kind = 'lapsed' and y.is_lapsed_paid_swept)) as is_restarted
    from unnest(held) as h (id)
    join vigie.changed() c on c.project_id = h.id
    join public.project p on p.id = c.project_id
    join public.team t on t.id = c.team_id
  ), moved as (
    update public.project p
    set last_traffic_at = greatest(p.last_traffic_at, now_utc),
      status = 'active',
      deactivated_at = case when c.is_woken then null else p.deactivated_at end
    from change c
    where p.id = c.project_id and (c.is_woken or c.is_restarted)
    returning p.id, p.last_traffic_at
  ), told as (
    insert into vigie.event (kind, project_id, team_id, entry, machine, version, before, after)
    select 'changed_outside', c.project_id, c.team_id, origin ->> 'entry', origin ->> 'machine', origin ->> 'version',
      jsonb_build_object('status', c.seen_status, 'planKind', c.seen_plan_kind,
        'deactivatedAt', vigie.instant(c.seen_deactivated_at), 'reactivationCount', c.seen_reactivation_count)
        || case when c.is_restarted then jsonb_build_object('lastTrafficAt', vigie.instant(c.last_traffic_at)) else '{}' end,
      jsonb_build_object('status', c.status, 'planKind', c.plan_kind,
        'deactivatedAt', vigie.instant(c.deactivated_at), 'reactivationCount', c.reactivation_count)
        || case when c.is_restarted then jsonb_build_object('lastTrafficAt', vigie.instant(m.last_traffic_at)) else '{}' end
    from change c left join moved m on m.id = c.project_id
    -- Of a project that is woken, the upgrade is told by that; anything else that happened to it is not.
    where not c.is_woken or c.seen_status <> c.status or c.seen_reactivation_count <> c.reactivation_count
    returning 1
  ), woken as (
    insert into vigie.event (kind, project_id, team_id, entry, machine, version, before, after)
    select 'woken_by_upgrade', c.project_id, c.team_id, origin ->> 'entry', origin ->> 'machine', origin ->> 'version',
      jsonb_build_object('status', c.status, 'planKind', c.seen_plan_kind,
        'deactivatedAt', vigie.instant(c.deactivated_at), 'lastTrafficAt', vigie.instant(c.last_traffic_at)),
      jsonb_build_object('status', 'active', 'planKind', c.plan_kind, 'deactivatedAt', null,
        'lastTrafficAt', vigie.instant(m.last_traffic_at)) || (domains -> c.project_id)
    from change c join moved m on m.id = c.project_id
    -- Counted, so that what happened before gets the lower ids.
    where c.is_woken and (select count(*) from told) >= 0
    returning id, project_id, team_id
  ), queued as (
    insert into vigie.mail (event_id, project_id, template, user_id, address)
    select e.id, e.project_id, 'project-reactivated', r.user_id, r.address
    from woken e join vigie.recipients(teams) r on r.team_id = e.team_id
    on conflict do nothing
    returning 1
  )
  select jsonb_build_object('firstSeen', first_seen, 'changed', count(*),
    'clocksRestarted', count(*) filter (where c.is_restarted), 'woken', count(*) filter (where c.is_woken),
    'mailsQueued', (select count(*) from queued))
  into answer
  from change c;
  perform vigie.keep_seen(held, true);
  if held is not null then
    perform pg_notify('vigie', json_build_object('kind', 'outside', 'changed', cardinality(held))::text);
  end if;
  return answer;
end
$$;
