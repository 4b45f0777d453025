-- An intake has watched from span_from to span_to, and all traffic before is counted. That lengthens its latest span if
-- no more than 60 seconds are between them, else it begins a new one. Never backwards, and never past the database's now.
-- In the transaction of what was counted, so that both are there or neither. Of a retired intake it keeps nothing.
create or replace function vigie.extend_watch(intake integer, span_from timestamptz, span_to timestamptz)
returns void language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp as $$
declare
  until timestamptz := least(span_to, clock_timestamp());
  since timestamptz := least(span_from, until);
  latest vigie.watch_span;
begin
  -- Its row is the lock of its spans.
  update vigie.intake i
  set flushed_at = clock_timestamp(), covered_until = greatest(i.covered_until, until)
  where i.id = extend_watch.intake and i.retired_at is null;
  if not found then
    return;
  end if;
  select * into latest from vigie.watch_span s
  where s.intake_id = extend_watch.intake order by s.span_from desc limit 1;
  if since <= latest.span_to + interval '60 seconds' then
    update vigie.watch_span s set span_to = greatest(s.span_to, until)
    where s.intake_id = latest.intake_id and s.span_from = latest.span_from and s.span_to < until;
  else
    insert into vigie.watch_span (intake_id, span_from, span_to) values (extend_watch.intake, since, until);
  end if;
end
$$;
