/**
 * The preview as people review it: what is due with why, whole or in groups, and compared with the last sweep
 * (./last-sweep.ts says exactly what is new and what is gone). Who is due is for vigie.overdue to say, as for the sweep.
 * Locks: none. Groups are counted in one statement; rows are paged by keyset.
 */
import type { Fragment } from 'postgres'
import type { Database } from '../context.ts'
import type { Instant } from '../instant.ts'
import { type Stage, stages } from '../policy.ts'
import type { ProjectStatus } from '../project.ts'
import { untilAborted } from '../until-aborted.ts'
import { isListed, type LastSweep, readLastSweep, selectList } from './last-sweep.ts'
import type { DueCursor } from './preview.ts'
import { type DueReason, dueReasonOf, type GoneReason, goneReasonOf } from './review-reasons.ts'
import type { ReviewGrouping, ReviewScope } from './review-request.ts'

export interface ReviewRequest {
  readonly stage: Stage
  readonly scope: ReviewScope
}

/** A project that is due, or was; names are empty of those that the platform has deleted. */
export interface ReviewRow {
  readonly projectId: string
  readonly projectName: string
  readonly teamId: string | null
  readonly teamName: string
  /** Null: the project is gone. */
  readonly status: ProjectStatus | null
  readonly why: DueReason | GoneReason
  /** Due now, and not listed by the last sweep. */
  readonly isNew: boolean
  /** Since when the clock of the stage runs; of one that is gone, ran then, if that is known. */
  readonly since: Instant | null
  /** Whom a sweep would tell. */
  readonly mailTo: readonly string[]
}

export interface ReviewGroup {
  /** A team's id, or a reason; `-`: the team is not known any more. */
  readonly key: string
  /** Of a team. */
  readonly name: string
  readonly projects: number
}

/** The place of a group in the order of groups: the largest first. */
export interface GroupCursor {
  readonly projects: number
  readonly key: string
}

export interface Comparison {
  readonly last: LastSweep
  readonly new: Readonly<Record<Stage, number>>
  readonly gone: Readonly<Record<Stage, number>>
}

/** How many projects are new and gone since the last sweep; null: there is none to compare with. Errors: CANCELLED. */
export async function compareWithLast(sql: Database, signal: AbortSignal): Promise<Comparison | null> {
  const last = await readLastSweep(sql)
  if (last === null) return null
  const [deactivate, disable] = await Promise.all(
    stages.map(async (stage) => {
      const [counts] = await untilAborted(
        sql<[{ new: number; gone: number }]>`
          with due as materialized (${selectDue(sql, stage)}), listed as materialized (${selectList(sql, last, stage)})
          select count(*) filter (where l.project_id is null) as new, count(*) filter (where d.project_id is null) as gone
          from due d full join listed l on l.project_id = d.project_id`,
        signal,
      )
      return counts
    }),
  )
  if (deactivate === undefined || disable === undefined) throw new Error('the comparison of a stage came back empty')
  return {
    last,
    new: { deactivate: deactivate.new, disable: disable.new },
    gone: { deactivate: deactivate.gone, disable: disable.gone },
  }
}

/** One page of groups, the largest first. Without a last sweep nothing is new or gone. Errors: CANCELLED. */
export async function listReviewGroups(
  sql: Database,
  request: ReviewRequest & { by: ReviewGrouping; after: GroupCursor | null; limit: number },
  signal: AbortSignal,
): Promise<{ groups: ReviewGroup[]; next: GroupCursor | null }> {
  const { by, after, limit } = request
  const last = await readLastSweep(sql)
  if (last === null && request.scope !== 'all') return { groups: [], next: null }
  const key = by === 'team' ? sql`coalesce(r.team_id, '-')` : sql`r.why`
  const found = await untilAborted(
    sql<ReviewGroup[]>`
      with rows as (${selectRows(sql, request, last, by === 'reason')}),
      groups as (select ${key} as key, count(*) as projects from rows r group by 1)
      select g.key, coalesce(t.name, '') as name, g.projects
      from groups g left join team t on ${by === 'team'} and t.id = g.key
      where ${after === null ? sql`true` : sql`(-g.projects, g.key) > (${-after.projects}::bigint, ${after.key})`}
      order by -g.projects, g.key limit ${limit + 1}`,
    signal,
  )
  const groups = found.slice(0, limit)
  const end = groups.at(-1)
  return { groups, next: found.length > limit && end ? { projects: end.projects, key: end.key } : null }
}

/** One page of projects, of all groups or of one, in the order in which a sweep takes them. Errors: CANCELLED. */
export async function listReview(
  sql: Database,
  request: ReviewRequest & {
    group: { by: ReviewGrouping; key: string } | null
    after: DueCursor | null
    limit: number
  },
  signal: AbortSignal,
): Promise<{ rows: ReviewRow[]; next: DueCursor | null }> {
  const { stage, scope, group, after, limit } = request
  const last = await readLastSweep(sql)
  if (last === null && scope !== 'all') return { rows: [], next: null }
  const isOfGroup =
    group === null
      ? sql`true`
      : group.by === 'team'
        ? sql`coalesce(r.team_id, '-') = ${group.key}`
        : sql`r.why = ${group.key}`
  const isAfter =
    after === null ? sql`true` : sql`(r.sort_at, r.project_id) > (${after.at}::text::timestamp, ${after.projectId})`
  const isNew =
    last === null || scope === 'gone' ? sql`false` : sql`not ${isListed(sql, last, stage, sql`r.project_id`)}`
  const found = await untilAborted(
    sql<(ReviewRow & { sortAt: Instant })[]>`
      with rows as (${selectRows(sql, request, last, true)}),
      page as (
        select * from rows r where ${isOfGroup} and ${isAfter} order by r.sort_at, r.project_id limit ${limit + 1})
      select r.project_id as "projectId", coalesce(p.name, '') as "projectName", r.team_id as "teamId",
        coalesce(t.name, '') as "teamName", p.status, r.why, ${scope === 'new' ? sql`true` : isNew} as "isNew", r.since,
        ${
          scope === 'gone'
            ? sql`'{}'::text[]`
            : sql`array(
          select w.address from vigie.recipients(array[r.team_id]) w order by w.address)`
        } as "mailTo",
        r.sort_at as "sortAt"
      from page r left join project p on p.id = r.project_id left join team t on t.id = r.team_id
      order by r.sort_at, r.project_id`,
    signal,
  )
  const page = found.slice(0, limit)
  const end = page.at(-1)
  return {
    rows: page.map(({ sortAt: _sortAt, ...row }) => row),
    next: found.length > limit && end ? { at: end.sortAt, projectId: end.projectId } : null,
  }
}

function selectDue(sql: Database, stage: Stage): Fragment {
  return sql`select o.project_id, o.team_id, o.sort_at from vigie.overdue(${stage}) o where o.is_due`
}

/** project_id, team_id, sort_at (never null), since, and why, if that is asked for. */
function selectRows(sql: Database, { stage, scope }: ReviewRequest, last: LastSweep | null, hasWhy: boolean): Fragment {
  if (scope === 'gone' && last !== null) return selectGone(sql, stage, last)
  const due = selectDue(sql, stage)
  const isWanted =
    scope === 'all' || last === null
      ? sql`true`
      : sql`not exists (select from listed l where l.project_id = d.project_id)`
  return sql`
    ${scope === 'new' && last !== null ? sql`with listed as materialized (${selectList(sql, last, stage)})` : sql``}
    select d.project_id, d.team_id, d.sort_at, d.sort_at as since
      ${hasWhy ? sql`, ${dueReasonOf(sql, stage)} as why` : sql``}
    from (${due}) d ${hasWhy ? sql`join project p on p.id = d.project_id` : sql``}
    where ${isWanted}`
}

function selectGone(sql: Database, stage: Stage, last: LastSweep): Fragment {
  return sql`
    select l.project_id, coalesce(p.team_id, l.team_id) as team_id,
      coalesce(l.sort_at, ${last.at}::text::timestamptz at time zone 'utc') as sort_at, l.sort_at as since,
      ${goneReasonOf(sql, stage, sql`${last.at}::text::timestamptz`)} as why
    from (${selectList(sql, last, stage)}) l
    left join vigie.overdue(${stage}) o on o.project_id = l.project_id
    left join project p on p.id = l.project_id
    left join team t on t.id = coalesce(p.team_id, l.team_id)
    where o.is_due is not true`
}
