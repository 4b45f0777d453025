-- Who hears of a team's projects (ARCHITECTURE.md, The platform): its active owners; if there is none, its active admins; then
-- the team's creator. Deleted users never get mail.
create or replace function vigie.recipients(team_ids varchar[])
returns table (team_id varchar, user_id integer, address text)
language sql stable as $$
  select ranked.team_id, ranked.user_id, ranked.address
  from (
    select c.team_id, u.id as user_id, u.email::text as address,
      rank() over (partition by c.team_id order by c.tier) as place
    from (
      select m.team_id, m.user_id, case when m.role = 'owner' then 1 else 2 end as tier
      from public.team_member m
      where m.team_id = any (team_ids) and m.role in ('owner', 'admin')
      union all
      select t.id, t.created_by_user_id, 3
      from public.team t
      where t.id = any (team_ids) and t.created_by_user_id is not null
    ) c
    join public."user" u on u.id = c.user_id and u.status <> 'deleted'
  ) ranked
  where ranked.place = 1
$$;
