import type { Fragment } from 'postgres'
import type { Database } from '../context.ts'

/**
 * The ids of all projects that a search finds: part of a name, of a domain or of a platform's subdomain, or a whole id.
 * Each is served by an index of its own (main/database/indexes.ts); an `or` over all of them would be served by none.
 */
export function matchingIds(sql: Database, search: string): Fragment {
  const pattern = patternOf(search)
  return sql`
    select p.id from project p where p.name ilike ${pattern}
    union select p.id from project p where p.id = ${search}
    union select d.project_id from domain d where d.hostname ilike ${pattern}
    union select d.project_id from alias a join deployment d on d.id = a.deployment_id
      where a.subdomain ilike ${pattern}`
}

/**
 * The same of one row p with the columns id and name. Scalar subqueries, since the planner would gather all matches of an
 * `exists` before it looks at the first row.
 */
export function matchesRow(sql: Database, search: string): Fragment {
  const pattern = patternOf(search)
  return sql`(
    p.name ilike ${pattern} or p.id = ${search}
    or (select true from domain d where d.project_id = p.id and d.hostname ilike ${pattern} limit 1)
    or (select true from deployment d join alias a on a.deployment_id = d.id
      where d.project_id = p.id and a.subdomain ilike ${pattern} limit 1))`
}

/** As many rows of each status are looked at along a sort before the indexes are asked. */
export const walkLength = 10_000
/** A search is common if one in so many projects has it: then a page is full well within {@link walkLength}. */
const commonShare = 100
/** Pages of a table hold rows of one kind beside each other, so that a small sample would miss or exaggerate them. */
const sampledProjects = 5_000

/** Whether many projects match, by a sample of the same share of each table, always the same pages. */
export async function isCommon(sql: Database, search: string): Promise<boolean> {
  const pattern = patternOf(search)
  const sample = sql`tablesample system ((
    select least(100, 100.0 * ${sampledProjects} / greatest(c.reltuples, 1))
    from pg_class c where c.oid = 'project'::regclass)) repeatable (1)`
  const [found] = await sql<{ isCommon: boolean }[]>`
    select greatest(
      (select count(*) from project p ${sample} where p.name ilike ${pattern}),
      (select count(*) from domain d ${sample} where d.hostname ilike ${pattern}),
      (select count(*) from alias a ${sample} where a.subdomain ilike ${pattern})
    ) * ${commonShare} > ${sampledProjects} as "isCommon"`
  return found?.isCommon ?? false
}

function patternOf(search: string): string {
  return `%${search.replace(/[\\%_]/g, '\\$&')}%`
}
