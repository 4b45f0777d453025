-- For large samples: foreign keys, unique constraints and indexes of the tables to be filled are dropped, kept as text,
-- and made again at once when all rows are there (restore-indexes.sql), in the same transaction.
create temporary table sample_shed on commit drop as
with filled (relation) as (
  select name::regclass
  from unnest('{user,team,team_member,team_subscription,github_installation,project,deployment,alias,domain}'::text[]) t (t)
  cross join lateral (select format('public.%I', t) as name) qualified
)
select case c.contype when 'f' then 3 else 1 end as stage, c.oid,
  format('alter table %s drop constraint %I', c.conrelid::regclass, c.conname) as shed,
  format('alter table %s add constraint %I %s', c.conrelid::regclass, c.conname, pg_get_constraintdef(c.oid)) as restore
from pg_constraint c
where c.contype in ('f', 'p', 'u')
  and (c.conrelid in (select f.relation from filled f) or c.confrelid in (select f.relation from filled f))
union all
select 2, i.indexrelid, format('drop index %s', i.indexrelid::regclass), pg_get_indexdef(i.indexrelid)
from pg_index i
where i.indrelid in (select f.relation from filled f)
  and not exists (select from pg_constraint c where c.conindid = i.indexrelid and c.contype in ('p', 'u'));

do $$
declare
  statement text;
begin
  for statement in select s.shed from pg_temp.sample_shed s order by s.stage desc, s.oid loop
    execute statement;
  end loop;
end
$$;
