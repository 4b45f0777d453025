/**
 * The rows that a filter lets through, in the order of a sort. Read along the order where its first matches are near, else
 * by the index of what narrows the list most, so that neither a page of nearly all projects nor one of a handful looks at
 * a million.
 */
import type { Fragment } from 'postgres'
import type { Database } from '../context.ts'
import type { Stage } from '../policy.ts'
import type { ProjectStatus } from '../project.ts'
import {
  candidateSets,
  columnConditions,
  lookupConditions,
  overdueWithin,
  possibleStatuses,
  stageOf,
} from './filter-conditions.ts'
import type { ProjectFilter, ProjectSort } from './projects.ts'
import { isCommon, matchingIds } from './search.ts'

/** The order in which a page is read: backward is the other way round. */
export interface RowOrder {
  readonly sort: ProjectSort
  readonly direction: Fragment
  /** What is after the cursor, of a key and an id; null: from the first row. */
  readonly isAfter: ((key: Fragment, id: Fragment) => Fragment) | null
}

/**
 * Statements for the first rows of a page, with the columns id and key. What `near` finds is right if it fills the page,
 * or if it came to the end of the list.
 */
export interface RowStatements {
  readonly near: { readonly rows: Fragment; readonly cameToEnd: () => Promise<boolean> } | null
  readonly all: Fragment
}

/** Where one way to read gives way to another. */
export interface ReadLimits {
  /** So many candidates are looked at one by one; of more, the first are near along any order. */
  readonly fewCandidates: number
  /** So many rows are looked at along the order before the candidates are asked. */
  readonly walkLength: number
}

export const readLimits: ReadLimits = { fewCandidates: 5_000, walkLength: 10_000 }

/** Decides how the first rows of a filter are found, `length` of them, by how many candidates there are. */
export async function planRows(
  sql: Database,
  filter: ProjectFilter,
  order: RowOrder,
  length: number,
  limits: ReadLimits,
): Promise<RowStatements> {
  const narrowing = await findNarrowing(sql, filter, limits)
  if (narrowing.kind === 'none') return { near: null, all: walk(sql, filter, order, length) }
  const all = gather(sql, filter, order, narrowing.condition, length)
  return { near: narrowing.kind === 'few' ? null : walkNear(sql, filter, order, limits), all }
}

/** How many rows a filter lets through, of those that have a place in the order, counted up to a limit. */
export async function countRows(
  sql: Database,
  filter: ProjectFilter,
  sort: ProjectSort,
  limit: number,
): Promise<number> {
  const narrowing = await findNarrowing(sql, filter, readLimits)
  // Of many, the first so many are found by looking at one project after the other.
  const among = narrowing.kind === 'few' ? narrowing.condition : sql`true`
  const [found] = await sql<{ rows: number }[]>`
    select count(*) as rows
    from (
      select from project p ${planJoins(sql)}
      where ${among} and ${statusCondition(sql, filter)} and ${columnConditions(sql, filter)}
        and ${isPresent(sql, sort)} and ${lookupConditions(sql, filter)}
      limit ${limit}
    ) r`
  return found?.rows ?? 0
}

/** A condition over p that holds for all that a filter lets through, served by an index. */
type Narrowing = { readonly kind: 'none' } | { readonly kind: 'few' | 'many'; readonly condition: Fragment }

async function findNarrowing(sql: Database, filter: ProjectFilter, { fewCandidates }: ReadLimits): Promise<Narrowing> {
  const { search } = filter
  const sets = candidateSets(sql, filter)
  const counts = await countCandidates(sql, sets, fewCandidates + 1)
  const fewest = sets[counts.indexOf(Math.min(...counts))]
  if (fewest !== undefined && Math.min(...counts) <= fewCandidates) {
    return { kind: 'few', condition: isAmongFew(sql, fewest) }
  }
  if (search !== null && !(await isCommon(sql, search))) {
    return { kind: 'few', condition: isAmongFew(sql, matchingIds(sql, search)) }
  }
  const [many = search === null ? null : matchingIds(sql, search)] = sets
  return many === null ? { kind: 'none' } : { kind: 'many', condition: sql`p.id in (${many})` }
}

/** Gathered before the rows are looked up, whatever the planner thinks of their number. */
function isAmongFew(sql: Database, ids: Fragment): Fragment {
  return sql`p.id = any (array(${ids}))`
}

/** How many ids each of the sets has, counted up to a limit. */
async function countCandidates(sql: Database, sets: readonly Fragment[], limit: number): Promise<readonly number[]> {
  if (sets.length === 0) return []
  const counts = sets
    .map((ids) => sql`(select count(*) from (select from (${ids}) i limit ${limit}) c)`)
    .reduce((all, count) => sql`${all}, ${count}`)
  const [row] = await sql<{ counts: number[] }[]>`select array[${counts}]::integer[] as counts`
  return row?.counts ?? []
}

function gather(sql: Database, filter: ProjectFilter, order: RowOrder, among: Fragment, length: number): Fragment {
  const key = sortKeys[order.sort](sql)
  return sql`
    select p.id, ${key} as key
    from project p ${planJoins(sql)}
    where ${among} and ${statusCondition(sql, filter)} and ${columnConditions(sql, filter)}
      and ${isPlaced(sql, order, key)} and ${lookupConditions(sql, filter)}
    order by 2 ${order.direction}, 1 ${order.direction}
    limit ${length}`
}

/**
 * Along the order: every status has its place in the indexes of the sorts (main/database/indexes.ts), and the planner
 * merges what it reads from them.
 */
function walk(sql: Database, filter: ProjectFilter, order: RowOrder, length: number): Fragment {
  return mergeArms(sql, filter, order, lookupConditions(sql, filter), length)
}

/** The same of the first rows of the order alone, which may be too few. */
function walkNear(
  sql: Database,
  filter: ProjectFilter,
  order: RowOrder,
  { walkLength }: ReadLimits,
): RowStatements['near'] {
  const rows = mergeArms(sql, filter, order, sql`true`, walkLength)
  return {
    rows: sql`select p.id, p.key from (${rows}) p where ${lookupConditions(sql, filter)}`,
    async cameToEnd() {
      const [walked] = await sql<{ rows: number }[]>`select count(*) as rows from (${rows}) r`
      return walked !== undefined && walked.rows < walkLength
    },
  }
}

function mergeArms(
  sql: Database,
  filter: ProjectFilter,
  order: RowOrder,
  condition: Fragment,
  length: number,
): Fragment {
  const arms = possibleStatuses(filter)
    .map((status) => selectArm(sql, filter, order, status, condition, length))
    .reduce((union, arm) => sql`${union} union all ${arm}`)
  return sql`
    select a.* from (${arms}) a order by a.key ${order.direction}, a.id ${order.direction} limit ${length}`
}

/**
 * The rows of one status. The rule itself leads where it goes by the order of the sort, and among the inactive, of whom it
 * takes most.
 */
function selectArm(
  sql: Database,
  filter: ProjectFilter,
  order: RowOrder,
  status: ProjectStatus,
  condition: Fragment,
  length: number,
): Fragment {
  const { dueWithinDays } = filter
  const stage = stageOf(status)
  const isItsOrder = order.sort === (stage === 'deactivate' ? 'lastActivity' : 'deactivated')
  const leads = dueWithinDays !== null && (isItsOrder || stage === 'disable')
  const overdue = leads && stage !== null ? overdueWithin(sql, stage, dueWithinDays) : null
  const key = overdue !== null && isItsOrder ? sql`o.sort_at` : sortKeys[order.sort](sql)
  const id = overdue !== null && isItsOrder ? sql`o.project_id` : sql`p.id`
  return sql`(
    select p.id, p.name, p.repo_full_name, p.team_id, p.status, p.deactivated_at, p.reactivation_count, ${key} as key
    from ${overdue === null ? sql`project p` : sql`${overdue} o join project p on p.id = o.project_id and o.is_due`}
    ${planJoins(sql)}
    where p.status = ${status} and ${columnConditions(sql, filter)} and ${isPlaced(sql, order, key, id)} and ${condition}
      and ${isOldEnough(sql, filter, order, stage)}
    order by ${key} ${order.direction}, ${id} ${order.direction}
    limit ${length})`
}

/**
 * Nobody was created after their last activity: sorted by creation, the list begins where the latest of the due was active.
 * Told by the rule, not beside it.
 */
function isOldEnough(
  sql: Database,
  { dueWithinDays }: ProjectFilter,
  { sort }: RowOrder,
  stage: Stage | null,
): Fragment {
  if (sort !== 'created' || stage !== 'deactivate' || dueWithinDays === null) return sql`true`
  return sql`p.created_at <= (select max(o.sort_at) from ${overdueWithin(sql, stage, dueWithinDays)} o where o.is_due)`
}

function statusCondition(sql: Database, filter: ProjectFilter): Fragment {
  return sql`p.status = any (${[...possibleStatuses(filter)]}::project_status[])`
}

function planJoins(sql: Database): Fragment {
  return sql`
    left join team_subscription s on s.team_id = p.team_id
    left join subscription_plan l on l.id = s.plan_id`
}

function isPresent(sql: Database, sort: ProjectSort): Fragment {
  return sort === 'deactivated' ? sql`p.deactivated_at is not null` : sql`true`
}

/** Whether a row has a place in the order at all, and after the cursor. */
function isPlaced(sql: Database, order: RowOrder, key: Fragment, id = sql`p.id`): Fragment {
  const present = isPresent(sql, order.sort)
  return order.isAfter === null ? present : sql`${present} and ${order.isAfter(key, id)}`
}

const sortKeys: Readonly<Record<ProjectSort, (sql: Database) => Fragment>> = {
  lastActivity: (sql) => sql`greatest(p.last_traffic_at, p.created_at)`,
  name: (sql) => sql`p.name`,
  created: (sql) => sql`p.created_at`,
  deactivated: (sql) => sql`p.deactivated_at`,
}
