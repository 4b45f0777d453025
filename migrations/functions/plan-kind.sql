-- What a team's plan means to the rules: no subscription row is the platform's own fallback, the free plan; a paid plan
-- that is not active any more is lapsed. Inlined by the planner, so it carries no settings of its own.
create or replace function vigie.plan_kind(has_subscription boolean, plan_name text, subscription_status text)
returns text language sql immutable parallel safe as $$
  select case
    when not has_subscription or plan_name = 'free' then 'free'
    when subscription_status = 'active' then 'paid'
    else 'lapsed'
  end
$$;
