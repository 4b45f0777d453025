-- What shed-indexes.sql dropped: unique constraints, then indexes, then foreign keys.
do $$
declare
  statement text;
begin
  for statement in select s.restore from pg_temp.sample_shed s order by s.stage, s.oid loop
    execute statement;
  end loop;
end
$$;
