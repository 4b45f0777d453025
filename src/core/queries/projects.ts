import type { Fragment } from 'postgres'
import type { Database } from '../context.ts'
import type { Instant } from '../instant.ts'
import { type PlanKind, type ProjectFacts, type ProjectStatus, projectStatuses } from '../project.ts'
import { isCommon, matchesRow, matchingIds, walkLength } from './search.ts'

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

/** Only what an index serves (main/database/indexes.ts), so that no page of a million has to sort them. */
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
/** As long as the longest hostname. */
export const maxSearchLength = 255

/** Rows that the list asks for at once: more than a screen shows. */
export const projectPageSize = 50

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
  const isBackward = request.towards === 'backward'
  const found = await readRows(sql, request)
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

type FoundRow = ProjectRow & { readonly key: string; readonly now: Instant }

/**
 * The rows of a page in the direction in which it is read, and one more where there is one. A search of many projects is
 * read along the order of the sort, where its first matches are near; one of few by the trigram indexes, and so is one
 * whose matches turn out to be far (names from A to Z, and a part that only names at the end of the alphabet have). A
 * team's projects are few.
 */
async function readRows(sql: Database, request: ProjectPageRequest): Promise<FoundRow[]> {
  const { search, limit } = request
  const order = pageOrder(sql, request)
  if (search === null) return await readMatches(sql, order, walk(sql, request, order, limit + 1), limit)
  const readAlong = (length: number | null) => {
    const rows = walk(sql, request, order, length)
    return readMatches(sql, order, sql`select p.id, p.key from (${rows}) p where ${matchesRow(sql, search)}`, limit)
  }
  if (request.teamId !== null) return await readAlong(null)
  if (await isCommon(sql, search)) {
    const near = await readAlong(walkLength)
    if (near.length > limit) return near
  }
  const among = sql`p.id = any (array(${matchingIds(sql, search)}))`
  return await readMatches(
    sql,
    order,
    select(sql, order, sql`${filterCondition(sql, request)} and ${among}`, limit + 1),
    limit,
  )
}

/** The columns of the first matches, each of which has the columns id and key. */
async function readMatches(sql: Database, order: PageOrder, matches: Fragment, limit: number): Promise<FoundRow[]> {
  return await sql<FoundRow[]>`
    with matches as (
      select m.id, m.key from (${matches}) m order by m.key ${order.direction}, m.id ${order.direction} limit ${limit + 1}
    )
    select ${rowColumns(sql)}, m.key::text as key, now() as now
    from matches m
    join project p on p.id = m.id
    join team t on t.id = p.team_id
    left join team_subscription s on s.team_id = p.team_id
    left join subscription_plan l on l.id = s.plan_id
    order by m.key ${order.direction}, m.id ${order.direction}`
}

/**
 * The first rows that the filter lets through, `length` of each status: every status has its place in the indexes of the
 * sorts (main/database/indexes.ts), and the planner merges what it reads from them.
 */
function walk(sql: Database, request: ProjectPageRequest, order: PageOrder, length: number | null): Fragment {
  const statuses = request.status === null ? projectStatuses : [request.status]
  return statuses
    .map((status) => select(sql, order, sql`${filterCondition(sql, { ...request, status })}`, length))
    .reduce((union, arm) => sql`${union} union all ${arm}`)
}

function select(sql: Database, order: PageOrder, condition: Fragment, length: number | null): Fragment {
  return sql`(
    select p.id, p.name, ${order.key} as key
    from project p
    left join team_subscription s on s.team_id = p.team_id
    left join subscription_plan l on l.id = s.plan_id
    where ${condition} and ${order.place}
    order by ${order.key} ${order.direction}, p.id ${order.direction}
    limit ${length})`
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

/** The order in which a page is read: backward is the other way round. */
interface PageOrder {
  readonly key: Fragment
  readonly direction: Fragment
  /** What is after the cursor. */
  readonly place: Fragment
}

function pageOrder(sql: Database, request: ProjectPageRequest): PageOrder {
  const isAscending = (request.direction === 'ascending') === (request.towards === 'forward')
  const key = sortKeys[request.sort](sql)
  const present = request.sort === 'deactivated' ? sql`p.deactivated_at is not null` : sql`true`
  const { cursor } = request
  const from =
    cursor &&
    sql`(${request.sort === 'name' ? sql`${cursor.value}::text` : sql`${cursor.value}::text::timestamp`}, ${cursor.id}::varchar)`
  const after = isAscending ? sql`>` : sql`<`
  return {
    key,
    direction: isAscending ? sql`asc` : sql`desc`,
    place: from === null ? present : sql`${present} and (${key}, p.id) ${after} ${from}`,
  }
}

const sortKeys: Readonly<Record<ProjectSort, (sql: Database) => Fragment>> = {
  lastActivity: (sql) => sql`greatest(p.last_traffic_at, p.created_at)`,
  name: (sql) => sql`p.name`,
  created: (sql) => sql`p.created_at`,
  deactivated: (sql) => sql`p.deactivated_at`,
}

const planConditions: Readonly<Record<PlanKind, (sql: Database) => Fragment>> = {
  free: (sql) => sql`(s.id is null or l.name = 'free')`,
  paid: (sql) => sql`(l.name <> 'free' and s.status = 'active')`,
  lapsed: (sql) => sql`(l.name <> 'free' and s.status <> 'active')`,
}

function filterCondition(sql: Database, filter: ProjectFilter): Fragment {
  const status = filter.status === null ? sql`true` : sql`p.status = ${filter.status}`
  const plan = filter.planKind === null ? sql`true` : planConditions[filter.planKind](sql)
  const team = filter.teamId === null ? sql`true` : sql`p.team_id = ${filter.teamId}`
  return sql`${status} and ${plan} and ${team}`
}
