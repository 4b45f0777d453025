-- Whether an event of a project was taken back since an instant. Inlined by the planner.
create or replace function vigie.is_reverted(project varchar, event_id bigint, since timestamptz)
returns boolean language sql stable as $$
  select exists (
    select from vigie.event v
    where v.project_id = project and v.kind = 'reverted' and v.created_at >= since and v.id > event_id
      and (v.after ->> 'revertedEventId')::bigint = event_id)
$$;
