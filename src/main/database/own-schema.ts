import type { Database } from '../../core/context.ts'
import { VigieError } from '../../core/errors.ts'
import { listMigrations, readScript } from './scripts.ts'

/**
 * Before the first numbered migration the schema "vigie" holds nothing but the record of migrations; whatever else is in
 * it is somebody else's. Errors: NOT_A_PLATFORM, naming it.
 */
export async function requireNoForeignObjects(sql: Database): Promise<void> {
  const found = await sql<{ kind: string; name: string }[]>`
    select case c.relkind when 'S' then 'sequence' when 'v' then 'view' when 'm' then 'view' when 'c' then 'type'
      else 'table' end as kind, c.relname as name
    from pg_class c
    where c.relnamespace = to_regnamespace('vigie') and c.relkind not in ('i', 'I', 't')
      and not (c.relname = 'migration' and 3 = (
        select count(*) from pg_attribute a
        where a.attrelid = c.oid and not a.attisdropped and a.attname in ('name', 'applied_at', 'detail')))
    union all
    select 'function', p.proname from pg_proc p where p.pronamespace = to_regnamespace('vigie')
    order by 1 desc, 2
    limit 6`
  if (found.length === 0) return
  const names = found.slice(0, 5).map(({ kind, name }) => `${kind} vigie.${name}`)
  throw new VigieError(
    'NOT_A_PLATFORM',
    `The schema "vigie" is somebody else’s: ${names.join(', ')}${found.length > 5 ? ' and more' : ''} did not come from ` +
      'Vigie. Rename that schema, or check that it is the right database.',
  )
}

/** What the applied migrations made is there. Errors: SCHEMA_DAMAGED, naming the tables that are missing. */
export async function requireOwnTables(sql: Database, applied: ReadonlySet<string>): Promise<void> {
  const tables = listMigrations()
    .filter((name) => applied.has(name))
    .flatMap(tablesOf)
  const missing = await sql<{ name: string }[]>`
    select t.name from unnest(${tables}::text[]) as t (name)
    where not exists (
      select from pg_class c
      where c.relnamespace = to_regnamespace('vigie') and c.relname = t.name and c.relkind in ('r', 'p'))
    order by t.name`
  if (missing.length === 0) return
  const names = missing.map(({ name }) => `vigie.${name}`).join(', ')
  throw new VigieError(
    'SCHEMA_DAMAGED',
    `${missing.length === 1 ? `Table ${names} is` : `Tables ${names} are`} missing, which “vigie migrate” had made. ` +
      'Restore a backup.',
  )
}

function tablesOf(migration: string): string[] {
  const created = readScript(`${migration}.sql`).matchAll(/^create table vigie\.(\w+)/gm)
  return Array.from(created, ([, name = '']) => name)
}
