-- Whether an alias names a deployment, as the present or the previous one (ARCHITECTURE.md, The platform).
create or replace function vigie.is_referenced(deployment_id varchar)
returns boolean language sql stable as $$
  select exists (select from public.alias a where a.deployment_id = is_referenced.deployment_id)
    or exists (select from public.alias a where a.previous_deployment_id = is_referenced.deployment_id)
$$;
