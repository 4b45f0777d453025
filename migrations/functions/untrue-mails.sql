-- Which of some mails about one project are no longer true, and why: {"code", "message"}. Digests are judged by their
-- members. A mail is about one deactivation: a project that woke up and fell asleep again gets a new one.
create or replace function vigie.untrue_mails(ids bigint[])
returns table (id bigint, answer jsonb)
language sql stable as $$
  select judged.id, jsonb_build_object('code', judged.code, 'message', case judged.code
    when 'RECIPIENT_DELETED' then 'The account of the recipient was deleted.'
    when 'PROJECT_DELETED' then 'The project was deleted.'
    when 'TEAM_DELETED' then 'The team was deleted.'
    when 'PLAN_UPGRADED' then 'The team has a paid plan now.'
    when 'REACTIVATED' then 'The project is active again.'
    when 'VISITED' then 'The project was visited meanwhile.'
    else 'The project is in another state now.' end)
  from (
    select m.id, case
      when u.id is null or u.status = 'deleted' then 'RECIPIENT_DELETED'
      when p.id is null or p.status = 'deleted' then 'PROJECT_DELETED'
      when t.status = 'deleted' then 'TEAM_DELETED'
      when m.template <> 'project-reactivated'
        and vigie.plan_kind(s.id is not null, l.name::text, s.status::text) = 'paid' then 'PLAN_UPGRADED'
      when m.template in ('project-disabled', 'project-permanently-disabled') then
        case
          when p.status = 'active' then 'REACTIVATED'
          when p.status::text <> case when m.template = 'project-disabled' then 'inactive' else 'permanently_disabled' end
            or (e.id is not null and e.after ->> 'deactivatedAt' is distinct from vigie.instant(p.deactivated_at))
            then 'STATE_CHANGED'
        end
      when p.status <> 'active' then 'STATE_CHANGED'
      when m.template = 'project-warning'
        and greatest(p.last_traffic_at, p.created_at) > m.created_at at time zone 'utc' then 'VISITED'
    end as code
    from unnest(ids) as i (id)
    join vigie.mail m on m.id = i.id
    left join vigie.event e on e.id = m.event_id and e.created_at = m.created_at
    left join public."user" u on u.id = m.user_id
    left join public.project p on p.id = m.project_id
    left join public.team t on t.id = p.team_id
    left join public.team_subscription s on s.team_id = p.team_id
    left join public.subscription_plan l on l.id = s.plan_id
    where m.project_id is not null
  ) judged
  where judged.code is not null
$$;
