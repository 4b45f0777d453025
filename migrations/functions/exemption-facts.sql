-- An exemption as it stands on record: {"isExempt", "scope": project or team}, and of one that is there "exemptionId",
-- "until" (null: for good), "reason", "actor" and "createdAt".
create or replace function vigie.exemption_facts(e vigie.exemption)
returns jsonb language sql stable as $$
  select case when e.id is null then jsonb_build_object('isExempt', false)
    else jsonb_build_object('isExempt', true, 'exemptionId', e.id,
      'scope', case when e.project_id is null then 'team' else 'project' end,
      'until', vigie.instant(e.until at time zone 'utc'), 'reason', e.reason, 'actor', e.actor,
      'createdAt', vigie.instant(e.created_at at time zone 'utc')) end
$$;
