-- The longest-standing active owner of each team: in whose name a bulk reactivation acts. Teams without one have no row.
create or replace function vigie.standing_owners(team_ids varchar[])
returns table (team_id varchar, user_id integer)
language sql stable as $$
  select distinct on (m.team_id) m.team_id, m.user_id
  from public.team_member m
  join public."user" u on u.id = m.user_id and u.status <> 'deleted'
  where m.team_id = any (team_ids) and m.role = 'owner'
  order by m.team_id, m.created_at, m.id
$$;
