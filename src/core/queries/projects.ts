import type { Fragment } from 'postgres'
import type { Database } from '../context.ts'
import type { Instant } from '../instant.ts'
import type { PlanKind, ProjectFacts, ProjectStatus } from '../project.ts'
import { possibleStatuses } from './filter-conditions.ts'
import { countRows, planRows, type ReadLimits, type RowOrder, readLimits } from './filtered-rows.ts'
import { matchOfRow, type SearchMatch } from './search.ts'

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

/** A line of the list, and by what a search found it. */
export interface ListedProject extends ProjectRow {
  readonly match: SearchMatch | null
}

/** Only what an index serves (main/database/indexes.ts), so that no page of a million has to sort them. */
export const projectSorts = ['lastActivity', 'name', 'created', 'deactivated'] as const
export type ProjectSort = (typeof projectSorts)[number]

/**
 * What a project may have besides: a mail about its latest transition was refused or given up; it is exempt; it was
 * pushed to since it sleeps.
 */
export const projectTraits = ['mailFailed', 'exempt', 'pushedAsleep'] as const
export type ProjectTrait = (typeof projectTraits)[number]

/** Which projects: those that all of it lets through. A lapsed paid plan is a plan kind, *due now* is within 0 days. */
export interface ProjectFilter {
  /** Any of these; none: whatever the status. */
  readonly statuses: readonly ProjectStatus[]
  readonly planKind: PlanKind | null
  readonly teamId: string | null
  /** Since their last activity, at least so many days. */
  readonly idleDays: number | null
  /** Reactivated at least so many times. */
  readonly reactivations: number | null
  /** A sweep takes them within so many days if nothing changes before: `nextTransition` and `vigie.overdue`. */
  readonly dueWithinDays: number | null
  /** All of these. */
  readonly traits: readonly ProjectTrait[]
  /**
   * Part of the name of the project or its team, of its repository, of a hostname or of an owner's e-mail address, or a
   * whole id; at least {@link minSearchLength} characters.
   */
  readonly search: string | null
}

/** The highest that a filter's number may be. */
export const maxFilterNumber = 3650

/** Every project. */
export const unfiltered: ProjectFilter = {
  statuses: [],
  planKind: null,
  teamId: null,
  idleDays: null,
  reactivations: null,
  dueWithinDays: null,
  traits: [],
  search: null,
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

/** What a list shows, and in which order. */
export interface ProjectView extends ProjectFilter {
  readonly sort: ProjectSort
  readonly direction: 'ascending' | 'descending'
}

export interface ProjectPageRequest extends ProjectView {
  /** Null: from the first row. */
  readonly cursor: ProjectCursor | null
  /** `backward` reads the page that ends before the cursor; rows come in the order of the sort all the same. */
  readonly towards: 'forward' | 'backward'
  readonly limit: number
}

export interface ProjectPage {
  readonly rows: readonly ListedProject[]
  /** Cursors of the pages before and after; null where the list ends. */
  readonly previous: ProjectCursor | null
  readonly next: ProjectCursor | null
  readonly now: Instant
}

/** One page of projects by keyset. Sorting by deactivation lists only projects that have such a date. */
export async function listProjects(
  sql: Database,
  request: ProjectPageRequest,
  limits = readLimits,
): Promise<ProjectPage> {
  const isBackward = request.towards === 'backward'
  const found = await readRows(sql, request, limits)
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

/** A count of this size means so many or more. */
export const projectCountLimit = 10_000

/** How many projects a list has, counted up to {@link projectCountLimit} + 1. The sort matters: some have no date of it. */
export async function countProjects(sql: Database, filter: ProjectFilter, sort: ProjectSort): Promise<number> {
  return await countRows(sql, filter, sort, projectCountLimit + 1)
}

type FoundRow = ListedProject & { readonly key: string; readonly now: Instant }

/** The rows of a page in the direction in which it is read, and one more where there is one. */
async function readRows(sql: Database, request: ProjectPageRequest, limits: ReadLimits): Promise<FoundRow[]> {
  if (possibleStatuses(request).length === 0) return []
  const length = request.limit + 1
  const order = rowOrder(sql, request)
  const { near, all } = await planRows(sql, request, order, length, limits)
  if (near !== null) {
    const rows = await readMatches(sql, request, order, near.rows)
    if (rows.length === length || (await near.cameToEnd())) return rows
  }
  return await readMatches(sql, request, order, all)
}

/** The columns of the first matches, each of which has the columns id and key. */
async function readMatches(
  sql: Database,
  { search, limit }: ProjectPageRequest,
  order: RowOrder,
  matches: Fragment,
): Promise<FoundRow[]> {
  return await sql<FoundRow[]>`
    with matches as (
      select m.id, m.key from (${matches}) m order by m.key ${order.direction}, m.id ${order.direction} limit ${limit + 1}
    )
    select ${rowColumns(sql)}, ${search === null ? sql`null::json` : matchOfRow(sql, search)} as match,
      m.key::text as key, now() as now
    from matches m
    join project p on p.id = m.id
    join team t on t.id = p.team_id
    left join team_subscription s on s.team_id = p.team_id
    left join subscription_plan l on l.id = s.plan_id
    order by m.key ${order.direction}, m.id ${order.direction}`
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

function rowOrder(sql: Database, { sort, direction, towards, cursor }: ProjectPageRequest): RowOrder {
  const isAscending = (direction === 'ascending') === (towards === 'forward')
  const value = cursor && (sort === 'name' ? sql`${cursor.value}::text` : sql`${cursor.value}::text::timestamp`)
  const comparison = isAscending ? sql`>` : sql`<`
  return {
    sort,
    direction: isAscending ? sql`asc` : sql`desc`,
    isAfter: cursor && ((key, id) => sql`(${key}, ${id}) ${comparison} (${value}, ${cursor.id}::varchar)`),
  }
}
