-- Why an owner's link would not wake its project now; null: it would. LINK_USED: the project woke up since the mail and
-- sleeps again. The page that asks and the act itself are judged by this alone.
create or replace function vigie.link_refusal(
  project_id varchar, user_id integer, deactivated_at timestamptz, expires_at timestamptz)
returns text language sql stable
set search_path = pg_catalog, pg_temp as $$
  select case
    when p.id is null or p.status = 'deleted' then 'PROJECT_NOT_FOUND'
    when t.status = 'deleted' then 'TEAM_DELETED'
    when p.status = 'permanently_disabled' then 'PROJECT_PERMANENTLY_DISABLED'
    when p.status <> 'inactive' then 'PROJECT_NOT_INACTIVE'
    when p.deactivated_at is distinct from link_refusal.deactivated_at at time zone 'utc' then 'LINK_USED'
    when clock_timestamp() >= link_refusal.expires_at then 'LINK_EXPIRED'
    when not exists (
      select from public.team_member m join public."user" u on u.id = m.user_id
      where m.team_id = p.team_id and m.role in ('owner', 'admin') and u.status <> 'deleted'
        and u.id = link_refusal.user_id) then 'NOT_OWNER_OR_ADMIN'
  end
  from (values (link_refusal.project_id)) as asked (id)
  left join public.project p on p.id = asked.id
  left join public.team t on t.id = p.team_id
$$;
