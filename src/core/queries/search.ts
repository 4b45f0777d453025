import type { Fragment } from 'postgres'
import type { Database } from '../context.ts'

/** By what a search found a project. */
export const matchKinds = ['name', 'id', 'hostname', 'repository', 'team', 'owner'] as const
export type MatchKind = (typeof matchKinds)[number]

/** What of a project a search found, as it is written there: a whole hostname, a whole address. */
export interface SearchMatch {
  readonly kind: MatchKind
  readonly text: string
}

/**
 * The ids of all projects that a search finds: part of a name, of a domain or of a platform's subdomain, of the
 * repository, of the team's name or of an owner's e-mail address, or a whole id. Each is served by an index of its own
 * (main/database/indexes.ts); an `or` over all of them would be served by none.
 */
export function matchingIds(sql: Database, search: string): Fragment {
  const pattern = patternOf(search)
  return sql`
    select p.id from project p where p.name ilike ${pattern}
    union select p.id from project p where p.id = ${search}
    union select d.project_id from domain d where d.hostname ilike ${pattern}
    union select d.project_id from alias a join deployment d on d.id = a.deployment_id
      where a.subdomain ilike ${pattern}
    union select p.id from project p where p.repo_full_name ilike ${pattern}
    union select p.id from team t join project p on p.team_id = t.id where t.name ilike ${pattern}
    union select p.id
      from "user" u join team_member m on m.user_id = u.id and m.role = 'owner' join project p on p.team_id = m.team_id
      where u.email ilike ${pattern}`
}

/** The same of one row p with the columns id, name, repo_full_name and team_id. */
export function matchesRow(sql: Database, search: string): Fragment {
  const pattern = patternOf(search)
  const { hostname, subdomain, team, owner } = matchedTexts(sql, pattern, 'any')
  return sql`(
    p.name ilike ${pattern} or p.id = ${search} or p.repo_full_name ilike ${pattern}
    or ${hostname} is not null or ${subdomain} is not null or ${team} is not null or ${owner} is not null)`
}

/**
 * What a search found in a row p that it found, as json: a hostname if it is exactly that, else the first of the kinds. A
 * subdomain of the platform's stands without its domain.
 */
export function matchOfRow(sql: Database, search: string): Fragment {
  const pattern = patternOf(search)
  const { hostname, subdomain, team, owner } = matchedTexts(sql, pattern, 'best')
  const found = (kind: MatchKind, text: Fragment) => sql`json_build_object('kind', ${kind}::text, 'text', ${text})`
  return sql`(
    select case
      when lower(x.hostname) = lower(${search}) then ${found('hostname', sql`x.hostname`)}
      when p.name ilike ${pattern} then ${found('name', sql`p.name`)}
      when p.id = ${search} then ${found('id', sql`p.id`)}
      when x.hostname is not null then ${found('hostname', sql`x.hostname`)}
      when p.repo_full_name ilike ${pattern} then ${found('repository', sql`p.repo_full_name`)}
      when x.team is not null then ${found('team', sql`x.team`)}
      else ${found('owner', sql`x.owner`)} end
    from (
      select coalesce(
        case when length(h.hostname) <= length(h.subdomain) then h.hostname end, h.subdomain, h.hostname) as hostname,
        ${team} as team, ${owner} as owner
      from (select ${hostname} as hostname, ${subdomain} as subdomain) h) x)`
}

/**
 * Scalar subqueries, since the planner would gather all matches of an `exists` before it looks at the first row. Any match
 * tells that there is one, without the sorting that thousands of rows of a walk would pay for.
 */
function matchedTexts(sql: Database, pattern: string, which: 'any' | 'best') {
  const orderBy = (order: Fragment) => (which === 'best' ? sql`order by ${order}` : sql``)
  return {
    hostname: sql`(select d.hostname from domain d where d.project_id = p.id and d.hostname ilike ${pattern}
      ${orderBy(sql`length(d.hostname), d.hostname`)} limit 1)`,
    subdomain: sql`(select a.subdomain from deployment d join alias a on a.deployment_id = d.id
      where d.project_id = p.id and a.subdomain ilike ${pattern}
      ${orderBy(sql`length(a.subdomain), a.subdomain`)} limit 1)`,
    team: sql`(select n.name from team n where n.id = p.team_id and n.name ilike ${pattern})`,
    owner: sql`(select u.email from team_member m join "user" u on u.id = m.user_id
      where m.team_id = p.team_id and m.role = 'owner' and u.email ilike ${pattern}
      ${orderBy(sql`u.email`)} limit 1)`,
  }
}

/** A search is common if one in so many projects has it: then a page is full well within `walkLength`. */
const commonShare = 100
/** Pages of a table hold rows of one kind beside each other, so that a small sample would miss or exaggerate them. */
const sampledProjects = 5_000

/** Whether many projects match, by a sample of the same share of each table, always the same pages. */
export async function isCommon(sql: Database, search: string): Promise<boolean> {
  const pattern = patternOf(search)
  const sample = sql`tablesample system ((
    select least(100, 100.0 * ${sampledProjects} / greatest(c.reltuples, 1))
    from pg_class c where c.oid = 'project'::regclass)) repeatable (1)`
  const enough = sampledProjects / commonShare + 1
  const isMany = (matches: Fragment) => sql`(select count(*) from (${matches} limit ${enough}) m) >= ${enough}`
  const [found] = await sql<{ isCommon: boolean }[]>`
    select ${isMany(sql`select from project p ${sample} where p.name ilike ${pattern}`)}
      or ${isMany(sql`select from domain d ${sample} where d.hostname ilike ${pattern}`)}
      or ${isMany(sql`select from alias a ${sample} where a.subdomain ilike ${pattern}`)}
      or ${isMany(sql`select from project p ${sample} where p.repo_full_name ilike ${pattern}`)}
      or ${isMany(sql`
        select from team t ${sample} join project p on p.team_id = t.id where t.name ilike ${pattern}`)}
      or ${isMany(sql`
        select from "user" u ${sample} join team_member m on m.user_id = u.id and m.role = 'owner'
        join project p on p.team_id = m.team_id where u.email ilike ${pattern}`)} as "isCommon"`
  return found?.isCommon ?? false
}

function patternOf(search: string): string {
  return `%${search.replace(/[\\%_]/g, '\\$&')}%`
}
