-- Changes values of the policy, all of them or none. Changes: {"inactiveAfterDays": 6, …}, named like the columns in camel
-- case; origin: {"entry", "machine", "version"}. Returns {"refusal": code, "field"?} or {"before": {…}, "after": {…}} of
-- what is different now. src/core/check-policy.ts says more exactly what a value must be; this keeps out what no program
-- could work with, whoever calls.
create or replace function vigie.set_policy(changes jsonb, reason text, origin jsonb)
returns jsonb language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp as $$
declare
  old vigie.policy;
  new vigie.policy;
  field text;
  col text;
  former jsonb := '{}';
  latter jsonb := '{}';
begin
  if reason is null or reason !~ '\S' then
    return jsonb_build_object('refusal', 'REASON_REQUIRED');
  end if;
  perform vigie.ensure_partitions(now());
  select * into old from vigie.policy for update;
  begin
    for field in select k from jsonb_object_keys(changes) k order by k loop
      col := lower(regexp_replace(field, '([A-Z])', '_\1', 'g'));
      if field !~ '^[a-z][A-Za-z]*$' or col = 'is_only_row' or not exists (
        select from pg_attribute a
        where a.attrelid = 'vigie.policy'::regclass and a.attname = col and a.attnum > 0 and not a.attisdropped) then
        raise exception 'no such value' using errcode = 'check_violation';
      end if;
      select * into new from jsonb_populate_record(old, jsonb_build_object(col, changes -> field));
      if col like '%\_schedule'
        and (to_jsonb(new) ->> col) !~ '^[0-9*,/-]+( +[0-9*,/-]+){4}$' then
        raise exception 'not a schedule' using errcode = 'check_violation';
      elsif col = 'mail_zone' then
        perform now() at time zone new.mail_zone;
      end if;
      execute format('update vigie.policy p set %1$I = ($1).%1$I', col) using new;
      if to_jsonb(old) -> col is distinct from to_jsonb(new) -> col then
        former := former || jsonb_build_object(field, to_jsonb(old) -> col);
        latter := latter || jsonb_build_object(field, to_jsonb(new) -> col);
      end if;
    end loop;
    -- A canary of no teams would be a sweep that silently never does anything.
    if exists (select from vigie.policy p where p.sweep_mode = 'canary' and cardinality(p.canary_team_ids) = 0) then
      field := 'canaryTeamIds';
      raise exception 'no teams' using errcode = 'check_violation';
    end if;
  exception when data_exception or integrity_constraint_violation then
    return jsonb_build_object('refusal', 'POLICY_INVALID', 'field', field);
  end;
  if latter <> '{}' then
    insert into vigie.event (kind, entry, machine, version, reason, before, after)
    values ('policy_changed', origin ->> 'entry', origin ->> 'machine', origin ->> 'version', btrim(set_policy.reason),
      former, latter);
    perform pg_notify('vigie', json_build_object('kind', 'policy')::text);
  end if;
  return jsonb_build_object('before', former, 'after', latter);
end
$$;
