-- Wakes an inactive project on behalf of an owner or admin of its team. Origin: {"entry", "machine", "version"}.
-- Returns {"refusal": code, "status"?} or
-- {"projectId", "status", "reactivationCount", "domainsRestored", "domainsLeft": [hostnames], "isFirstVersionSleeper"}.
create or replace function vigie.reactivate(project_id varchar, on_behalf_of text, reason text, origin jsonb)
returns jsonb language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp as $$
declare
  owner_id integer;
begin
  select u.id into owner_id
  from public.project p
  join public.team_member m on m.team_id = p.team_id and m.role in ('owner', 'admin')
  join public."user" u on u.id = m.user_id
  where p.id = reactivate.project_id and u.status <> 'deleted' and lower(u.email) = lower(btrim(on_behalf_of))
  order by u.id limit 1;
  return vigie.wake(project_id, owner_id, reason, origin);
end
$$;
