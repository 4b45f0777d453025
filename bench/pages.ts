import { type PlanKind, type ProjectStatus, planKinds, projectStatuses } from '../src/core/project.ts'
import {
  listProjects,
  type ProjectCursor,
  type ProjectPageRequest,
  type ProjectSort,
  projectPageSize,
  projectSorts,
  unfiltered,
} from '../src/core/queries/projects.ts'
import type { Pool } from '../src/main/database/connect.ts'
import { createRandom, measureMs, median, percentile, shuffle } from './statistics.ts'

/** A page that somebody may ask for, and how it is called in the report. */
export interface Page {
  readonly name: string
  readonly request: ProjectPageRequest
}

export interface PageTimes {
  /** Over all runs of all pages. */
  readonly p95Ms: number
  /** All pages, the slowest first, by their median. */
  readonly slowest: readonly { readonly page: Page; readonly medianMs: number }[]
}

const rounds = 3

/** Each page several times, all in one random order, which is always the same; after a round that does not count. */
export async function measurePages(sql: Pool, pages: readonly Page[]): Promise<PageTimes> {
  const runs = shuffle(
    pages.flatMap((page) => Array.from({ length: rounds }, () => page)),
    createRandom(20_260_301),
  )
  for (const { request } of pages) await listProjects(sql, request)
  const durations = new Map<Page, number[]>(pages.map((page) => [page, []]))
  for (const page of runs) durations.get(page)?.push(await measureMs(() => listProjects(sql, page.request)))
  return {
    p95Ms: percentile([...durations.values()].flat(), 0.95),
    slowest: [...durations]
      .map(([page, values]) => ({ page, medianMs: median(values) }))
      .sort((a, b) => b.medianMs - a.medianMs),
  }
}

/** The reference: as many projects as a page has, by their primary keys; the median. */
export async function measureLookups(sql: Pool): Promise<number> {
  const random = await sql<{ id: string }[]>`select id from project order by md5(id) limit ${50 * projectPageSize}`
  const durations: number[] = []
  for (let from = 0; from + projectPageSize <= random.length; from += projectPageSize) {
    const ids = random.slice(from, from + projectPageSize).map(({ id }) => id)
    durations.push(
      await measureMs(
        () => sql`select id, name, status, team_id, created_at, last_traffic_at from project where id = any (${ids})`,
      ),
    )
  }
  return median(durations)
}

/** A page without filter, search or cursor. */
export const firstPage: ProjectPageRequest = {
  ...unfiltered,
  sort: 'lastActivity',
  direction: 'ascending',
  cursor: null,
  towards: 'forward',
  limit: projectPageSize,
}

/**
 * Every sort, direction, status and plan: the first page, the one in the middle and the last; and the pages of teams.
 * A page read backward is a page of the other direction, so that these stand for both.
 */
export async function listPages(sql: Pool): Promise<Page[]> {
  const pages: Page[] = []
  for (const sort of projectSorts) {
    for (const list of await findLists(sql, sort)) pages.push(...pagesOf(list))
  }
  const teams = await sql<{ teamId: string; projects: number }[]>`
    select team_id as "teamId", count(*) as projects from project group by team_id order by 2 desc, 1 limit 1`
  for (const { teamId, projects } of teams) {
    for (const sort of projectSorts) {
      for (const direction of ['ascending', 'descending'] as const) {
        const request = { ...firstPage, sort, direction, teamId }
        pages.push({ name: `${sort} ${direction}, a team of ${projects}`, request })
      }
    }
  }
  return pages
}

/** What a sort and filter lists, as far as cursors are made of it. Places count from 1 in ascending order. */
interface List {
  readonly sort: ProjectSort
  readonly status: ProjectStatus | null
  readonly planKind: PlanKind | null
  readonly middle: ProjectCursor | null
  readonly afterFirstPage: ProjectCursor | null
  readonly beforeLastPage: ProjectCursor | null
}

function pagesOf(list: List): Page[] {
  const { sort, status, planKind, middle, afterFirstPage, beforeLastPage } = list
  return (['ascending', 'descending'] as const).flatMap((direction) => {
    const page = (place: string, cursor: ProjectCursor | null): Page => ({
      name: `${sort} ${direction}, ${status ?? 'any status'}, ${planKind ?? 'any plan'}, ${place}`,
      request: { ...firstPage, sort, direction, statuses: status === null ? [] : [status], planKind, cursor },
    })
    const beforeLast = direction === 'ascending' ? beforeLastPage : afterFirstPage
    return [
      page('first', null),
      ...(middle === null ? [] : [page('middle', middle)]),
      ...(beforeLast === null ? [] : [page('last', beforeLast)]),
    ]
  })
}

const sortKeys: Readonly<Record<ProjectSort, string>> = {
  lastActivity: 'greatest(p.last_traffic_at, p.created_at)',
  name: 'p.name',
  created: 'p.created_at',
  deactivated: 'p.deactivated_at',
}

/** Finds the rows that cursors are made of, for all filters of a sort in one statement. */
async function findLists(sql: Pool, sort: ProjectSort): Promise<List[]> {
  const rows = await sql.unsafe<(ProjectCursor & Place)[]>(`
    with placed as (
      select f.status, f.plan_kind, k.key::text as value, k.id,
        row_number() over (partition by f.status, f.plan_kind order by k.key, k.id) as place,
        count(*) over (partition by f.status, f.plan_kind) as total
      from (
        select p.id, ${sortKeys[sort]} as key, p.status::text,
          vigie.plan_kind(s.id is not null, l.name, s.status::text) as plan_kind
        from project p
        left join team_subscription s on s.team_id = p.team_id
        left join subscription_plan l on l.id = s.plan_id
      ) k
      cross join lateral (
        values (null, null), (k.status, null), (null, k.plan_kind), (k.status, k.plan_kind)
      ) f (status, plan_kind)
      where k.key is not null
    )
    select status, plan_kind as "planKind", value, id,
      place = total / 2 as "isMiddle", place = ${projectPageSize} as "isAfterFirst", place = total - ${projectPageSize} as "isBeforeLast"
    from placed
    where total > ${projectPageSize} and place in (total / 2, ${projectPageSize}, total - ${projectPageSize})`)
  return [null, ...projectStatuses].flatMap((status) =>
    [null, ...planKinds].map((planKind): List => {
      const find = (place: 'isMiddle' | 'isAfterFirst' | 'isBeforeLast') => {
        const row = rows.find((row) => row[place] && row.status === status && row.planKind === planKind)
        return row === undefined ? null : { value: row.value, id: row.id }
      }
      return {
        sort,
        status,
        planKind,
        middle: find('isMiddle'),
        afterFirstPage: find('isAfterFirst'),
        beforeLastPage: find('isBeforeLast'),
      }
    }),
  )
}

interface Place {
  readonly status: ProjectStatus | null
  readonly planKind: PlanKind | null
  readonly isMiddle: boolean
  readonly isAfterFirst: boolean
  readonly isBeforeLast: boolean
}
