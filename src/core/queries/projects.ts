import type { Fragment } from 'postgres'
import type { Database } from '../context.ts'
import type { Instant } from '../instant.ts'
import type { PlanKind, ProjectFacts, ProjectStatus } from '../project.ts'

/** One line of the list: the facts of the rules and what a person knows a project by. */
export interface ProjectRow extends ProjectFacts {
  readonly id: string
  readonly name: string
  readonly slug: string | null
  readonly repoFullName: string
  readonly teamId: string
  readonly teamName: string
  readonly teamSlug: string | null
  /** The plan's name as the platform shows it; null without a subscription. */
  readonly planName: string | null
  readonly reactivationCount: number
}

/** Only what an index serves (main/database/indexes.ts), so that every page of a million is as fast as the first. */
export const projectSorts = ['lastActivity', 'name', 'created', 'deactivated'] as const
export type ProjectSort = (typeof projectSorts)[number]

export interface ProjectFilter {
  readonly status: ProjectStatus | null
  readonly planKind: PlanKind | null
  readonly teamId: string | null
  /** Part of a project's name or of one of its hostnames, or a whole id; at least {@link minSearchLength} characters. */
  readonly search: string | null
}

export const minSearchLength = 3

/** The place of a row in the order of a sort. */
export interface ProjectCursor {
  readonly value: string
  readonly id: string
}

export interface ProjectPageRequest extends ProjectFilter {
  readonly sort: ProjectSort
  readonly direction: 'ascending' | 'descending'
  /** Null: from the first row. */
  readonly cursor: ProjectCursor | null
  /** `backward` reads the page that ends before the cursor; rows come in the order of the sort all the same. */
  readonly towards: 'forward' | 'backward'
  readonly limit: number
}

export interface ProjectPage {
  readonly rows: readonly ProjectRow[]
  /** Cursors of the pages before and after; null where the list ends. */
  readonly previous: ProjectCursor | null
  readonly next: ProjectCursor | null
  readonly now: Instant
}

/** One page of projects by keyset. Sorting by deactivation lists only projects that have such a date. */
export async function listProjects(sql: Database, request: ProjectPageRequest): Promise<ProjectPage> {
  const key = sortKey(sql, request.sort)
  const isBackward = request.towards === 'backward'
  const isAscending = (request.direction === 'ascending') !== isBackward
  const order = isAscending ? sql`asc` : sql`desc`
  const matches = searchBranches(sql, request.search).map(
    (branch) => sql`(
      select p.id, ${key.expression} as key
      from project p
      join team t on t.id = p.team_id
      left join team_subscription s on s.team_id = p.team_id
      left join subscription_plan l on l.id = s.plan_id
      where ${branch} and ${filterCondition(sql, request)} and ${keysetCondition(sql, request, key, isAscending)}
      order by ${key.expression} ${order}, p.id ${order}
      limit ${request.limit + 1})`,
  )
  const found = await sql<(ProjectRow & { key: string; now: Instant })[]>`
    with matches as (${matches.reduce((union, match) => sql`${union} union ${match}`)})
    select ${rowColumns(sql)}, m.key::text as key, now() as now
    from matches m
    join project p on p.id = m.id
    join team t on t.id = p.team_id
    left join team_subscription s on s.team_id = p.team_id
    left join subscription_plan l on l.id = s.plan_id
    order by m.key ${order}, m.id ${order}
    limit ${request.limit + 1}`

  const hasMore = found.length > request.limit
  const page = found.slice(0, request.limit)
  if (isBackward) page.reverse()
  const cursorOf = (row: (typeof page)[number] | undefined) => (row ? { value: row.key, id: row.id } : null)
  const first = cursorOf(page[0])
  const last = cursorOf(page.at(-1))
  return {
    rows: page.map(({ key: _key, now: _now, ...row }) => row),
    previous: isBackward ? (hasMore ? first : null) : request.cursor && first,
    next: isBackward ? last : hasMore ? last : null,
    now: found[0]?.now ?? (await readNow(sql)),
  }
}

/** The columns of a {@link ProjectRow}, over the aliases p, t, s and l. */
export function rowColumns(sql: Database): Fragment {
  return sql`
    p.id, p.name, p.slug, p.status, p.repo_full_name as "repoFullName",
    p.team_id as "teamId", t.name as "teamName", t.slug as "teamSlug", t.status = 'deleted' as "isTeamDeleted",
    l.display_name as "planName", vigie.plan_kind(s.id is not null, l.name, s.status::text) as "planKind",
    p.created_at as "createdAt", p.last_traffic_at as "lastTrafficAt", p.deactivated_at as "deactivatedAt",
    p.reactivation_count as "reactivationCount",
    (select json_build_object('until', case when bool_and(e.until is not null) then
        vigie.instant(max(e.until) at time zone 'utc') end)
      from vigie.exemption e
      where (e.project_id = p.id or e.team_id = p.team_id) and (e.until is null or e.until > now())
      having count(*) > 0) as exemption`
}

/** The database's now. */
export async function readNow(sql: Database): Promise<Instant> {
  const [row] = await sql<{ now: Instant }[]>`select now() as now`
  if (row === undefined) throw new Error('select now() returned nothing')
  return row.now
}

interface SortKey {
  readonly expression: Fragment
  /** The cursor's text as a value of the key's type. */
  readonly parse: (value: string) => Fragment
  readonly isNullable: boolean
}

function sortKey(sql: Database, sort: ProjectSort): SortKey {
  const timestamp = (value: string) => sql`${value}::text::timestamp`
  const keys: Record<ProjectSort, () => SortKey> = {
    lastActivity: () => ({
      expression: sql`greatest(p.last_traffic_at, p.created_at)`,
      parse: timestamp,
      isNullable: false,
    }),
    name: () => ({ expression: sql`p.name`, parse: (value) => sql`${value}::text`, isNullable: false }),
    created: () => ({ expression: sql`p.created_at`, parse: timestamp, isNullable: false }),
    deactivated: () => ({ expression: sql`p.deactivated_at`, parse: timestamp, isNullable: true }),
  }
  return keys[sort]()
}

function keysetCondition(sql: Database, request: ProjectPageRequest, key: SortKey, isAscending: boolean): Fragment {
  const present = key.isNullable ? sql`${key.expression} is not null` : sql`true`
  if (request.cursor === null) return present
  const place = sql`(${key.parse(request.cursor.value)}, ${request.cursor.id}::varchar)`
  return isAscending
    ? sql`${present} and (${key.expression}, p.id) > ${place}`
    : sql`${present} and (${key.expression}, p.id) < ${place}`
}

function filterCondition(sql: Database, filter: ProjectFilter): Fragment {
  const plans: Record<PlanKind, () => Fragment> = {
    free: () => sql`(s.id is null or l.name = 'free')`,
    paid: () => sql`(l.name <> 'free' and s.status = 'active')`,
    lapsed: () => sql`(l.name <> 'free' and s.status <> 'active')`,
  }
  const status = filter.status === null ? sql`true` : sql`p.status = ${filter.status}`
  const plan = filter.planKind === null ? sql`true` : plans[filter.planKind]()
  const team = filter.teamId === null ? sql`true` : sql`p.team_id = ${filter.teamId}`
  return sql`${status} and ${plan} and ${team}`
}

/** Each branch is served by an index of its own; an `or` over all of them would be served by none. */
function searchBranches(sql: Database, search: string | null): Fragment[] {
  if (search === null) return [sql`true`]
  const pattern = `%${search.replace(/[\\%_]/g, '\\$&')}%`
  return [
    sql`p.name ilike ${pattern}`,
    sql`p.id = ${search}`,
    sql`exists (select from domain d where d.project_id = p.id and d.hostname ilike ${pattern})`,
    sql`exists (
      select from alias a join deployment d on d.id = a.deployment_id
      where d.project_id = p.id and a.subdomain ilike ${pattern})`,
  ]
}
