/**
 * The preview: a sweep that writes nothing. It reads the same `vigie.due` that a sweep reads, so it can't differ from it
 * except by what changes between the two. Locks: none.
 */
import type { Database } from '../context.ts'
import type { Instant } from '../instant.ts'
import type { Policy, Stage } from '../policy.ts'
import type { ProjectStatus } from '../project.ts'
import { untilAborted } from '../until-aborted.ts'

/** What a sweep started now would do, in projects; mails in recipients. */
export interface PreviewCounts {
  readonly deactivated: number
  readonly disabled: number
  readonly mailsQueued: number
  /** Due but for a paid plan that is cancelled or expired. */
  readonly lapsedPaid: number
  readonly now: Instant
}

/** A transition that a sweep would make, or has made. */
export interface Transition {
  readonly projectId: string
  readonly projectName: string
  readonly teamId: string
  readonly teamName: string
  readonly teamSlug: string | null
  readonly from: ProjectStatus
  readonly to: ProjectStatus
  readonly reason: 'no_traffic' | 'still_inactive'
  readonly lastActivityAt: Instant
  readonly deactivatedAt: Instant | null
  readonly mailTo: readonly string[]
}

/** The place of a project in the order in which a stage takes them. */
export interface DueCursor {
  readonly at: Instant
  readonly projectId: string
}

/** Other thresholds than the policy's, to ask what they would make due. */
export type Thresholds = Pick<Policy, 'inactiveAfterDays' | 'disabledAfterDays'>

/**
 * Counts what is due and what a lapsed plan protects: one pass per stage, with the recipients of each team counted once.
 * `thresholds`: what would be due if the policy had these, by the same rule (vigie.overdue_after). When `signal` is
 * aborted, the database ends its work; errors: CANCELLED then.
 */
export async function countDue(
  sql: Database,
  thresholds: Thresholds | null = null,
  signal: AbortSignal = new AbortController().signal,
): Promise<PreviewCounts> {
  const [[deactivate], [disable]] = await Promise.all([
    untilAborted(countStage(sql, 'deactivate', thresholds?.inactiveAfterDays ?? null), signal),
    untilAborted(countStage(sql, 'disable', thresholds?.disabledAfterDays ?? null), signal),
  ])
  return {
    deactivated: deactivate.projects,
    disabled: disable.projects,
    mailsQueued: deactivate.mails + disable.mails,
    lapsedPaid: deactivate.lapsedPaid + disable.lapsedPaid,
    now: deactivate.now,
  }
}

interface StageCounts {
  readonly projects: number
  readonly mails: number
  readonly lapsedPaid: number
  readonly now: Instant
}

function countStage(sql: Database, stage: Stage, days: number | null) {
  return sql<[StageCounts]>`
    with teams as (
      select o.team_id, count(*) filter (where o.is_due) as due,
        count(*) filter (where not o.is_due and o.is_lapsed) as lapsed
      from vigie.overdue_after(${stage}, ${days}) o group by o.team_id
    ), told as (
      select r.team_id, count(*) as mails
      from vigie.recipients(array(select t.team_id from teams t where t.due > 0)) r group by r.team_id
    )
    select coalesce(sum(t.due), 0)::bigint as projects, coalesce(sum(t.due * w.mails), 0)::bigint as mails,
      coalesce(sum(t.lapsed), 0)::bigint as "lapsedPaid", now() as now
    from teams t left join told w on w.team_id = t.team_id`
}

/** One page of what a stage would do, in the order in which it would. */
export async function listDue(
  sql: Database,
  request: { stage: Stage; after: DueCursor | null; limit: number },
): Promise<{ transitions: Transition[]; next: DueCursor | null }> {
  const { stage, after, limit } = request
  const found = await sql<(Transition & { sortAt: Instant })[]>`
    with due as (
      select * from vigie.due(${stage}, ${after?.at ?? null}::text::timestamp, ${after?.projectId ?? null}, ${limit + 1})
    )
    select p.id as "projectId", p.name as "projectName", t.id as "teamId", t.name as "teamName", t.slug as "teamSlug",
      ${stage === 'deactivate' ? 'active' : 'inactive'} as "from",
      ${stage === 'deactivate' ? 'inactive' : 'permanently_disabled'} as "to",
      ${stage === 'deactivate' ? 'no_traffic' : 'still_inactive'} as reason,
      greatest(p.last_traffic_at, p.created_at) as "lastActivityAt", p.deactivated_at as "deactivatedAt",
      array(select r.address from vigie.recipients(array[p.team_id]) r order by r.address) as "mailTo",
      d.sort_at as "sortAt"
    from due d join project p on p.id = d.project_id join team t on t.id = p.team_id
    order by d.sort_at, p.id`
  const page = found.slice(0, limit)
  const last = page.at(-1)
  return {
    transitions: page.map(({ sortAt: _sortAt, ...transition }) => transition),
    next: found.length > limit && last ? { at: last.sortAt, projectId: last.projectId } : null,
  }
}
