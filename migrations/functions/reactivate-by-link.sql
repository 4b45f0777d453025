-- Wakes an inactive project by the link that one of its owners got by mail; whoever calls has checked the link's signature
-- (src/core/owners-link/token.ts). It belongs to one deactivation, so that it works once. Origin: {"entry", "machine",
-- "version"}. Returns what vigie.reactivate returns, or the refusals of vigie.link_refusal.
create or replace function vigie.reactivate_by_link(
  project_id varchar, user_id integer, deactivated_at timestamptz, expires_at timestamptz, origin jsonb)
returns jsonb language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp as $$
declare
  refusal text;
begin
  perform from public.project p where p.id = reactivate_by_link.project_id for no key update;
  refusal := vigie.link_refusal(project_id, user_id, deactivated_at, expires_at);
  if refusal is not null then
    return jsonb_build_object('refusal', refusal);
  end if;
  return vigie.wake(project_id, user_id, 'Owner''s link', origin);
end
$$;
