-- How many projects were put to sleep or disabled for good outside Vigie since an instant, as far as it was noticed: the
-- sign of another sweeper. A date that alone was changed is none.
create or replace function vigie.outside_deactivations(since timestamptz)
returns integer language sql stable security definer
set search_path = pg_catalog, pg_temp as $$
  select count(distinct e.project_id)::integer
  from vigie.event e
  where e.kind = 'changed_outside' and e.created_at > since
    and e.after ->> 'status' in ('inactive', 'permanently_disabled')
    and (e.before ->> 'status' <> e.after ->> 'status' or e.before ->> 'reactivationCount' <> e.after ->> 'reactivationCount')
$$;
