-- Wakes an inactive project as vigie.reactivate does, on behalf of its team's longest-standing active owner. Origin:
-- {"entry", "machine", "version", "bulkId"?}; the event keeps the bulkId, by which the projects of one bulk act are known.
-- Returns what vigie.reactivate returns; refusal NO_ACTIVE_OWNER: all else is right, but nobody is there to act for.
create or replace function vigie.reactivate_for_owner(project_id varchar, reason text, origin jsonb)
returns jsonb language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp as $$
declare
  owner_id integer;
  answer jsonb;
begin
  select o.user_id into owner_id
  from public.project p cross join lateral vigie.standing_owners(array[p.team_id]) o
  where p.id = reactivate_for_owner.project_id;
  answer := vigie.wake(project_id, owner_id, reason, origin);
  if owner_id is null and answer ->> 'refusal' = 'NOT_OWNER_OR_ADMIN' then
    return jsonb_build_object('refusal', 'NO_ACTIVE_OWNER');
  end if;
  return answer;
end
$$;
