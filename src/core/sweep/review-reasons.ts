import type { Fragment } from 'postgres'
import type { Database } from '../context.ts'
import type { Stage } from '../policy.ts'

/**
 * Why a project is due, by stage. Nobody came since it was made, since its last visit, or since it was reactivated; it was
 * not reactivated in time, and if so: was its owner never told, or did something else than Vigie put it to sleep.
 */
export const dueReasons = [
  'never_visited',
  'unvisited',
  'unvisited_since_reactivation',
  'not_reactivated',
  'not_told',
  'asleep_outside',
] as const
export type DueReason = (typeof dueReasons)[number]

/** Why a project that the last sweep listed is not due any more: the first of these that holds. */
export const goneReasons = [
  'deleted',
  'moved_on',
  'paused',
  'reactivated',
  'plan_changed',
  'exempted',
  'visited',
  'deadline_moved',
] as const
export type GoneReason = (typeof goneReasons)[number]

/** The {@link DueReason} of a project `p` that is due in a stage. */
export function dueReasonOf(sql: Database, stage: Stage): Fragment {
  return stage === 'deactivate'
    ? sql`case
        when p.last_traffic_at is null or p.last_traffic_at <= p.created_at then 'never_visited'
        when p.reactivation_count > 0 and exists (
          select from vigie.event e
          where e.project_id = p.id and e.created_at = p.last_traffic_at at time zone 'utc'
            and e.after ->> 'status' = 'active') then 'unvisited_since_reactivation'
        else 'unvisited' end`
    : sql`case
        when vigie.is_not_told(p.id, p.deactivated_at) then 'not_told'
        when not exists (
          select from vigie.sleeper s where s.project_id = p.id and s.deactivated_at = p.deactivated_at)
        then 'asleep_outside'
        else 'not_reactivated' end`
}

/**
 * The {@link GoneReason} of a listed project: `l` of the list, `p` and `t` its project and team where they are left, `o` of
 * vigie.overdue where its time has come all the same, and a sweep that began at `since`.
 */
export function goneReasonOf(sql: Database, stage: Stage, since: Fragment): Fragment {
  const hasMovedOn =
    stage === 'deactivate'
      ? sql`p.status in ('inactive', 'permanently_disabled')`
      : sql`p.status = 'permanently_disabled'`
  const isReactivated =
    stage === 'deactivate'
      ? sql`exists (
          select from vigie.event e
          where e.project_id = p.id and e.created_at >= ${since} and e.after ->> 'status' = 'active')`
      : sql`(p.status = 'active' or p.deactivated_at > l.sort_at)`
  const isVisited =
    stage === 'deactivate'
      ? sql`greatest(p.last_traffic_at, p.created_at) > coalesce(l.sort_at, ${since} at time zone 'utc')`
      : sql`false`
  return sql`case
    when p.id is null or p.status = 'deleted' or t.status = 'deleted' then 'deleted'
    when ${hasMovedOn} then 'moved_on'
    when p.status = 'paused' then 'paused'
    when ${isReactivated} then 'reactivated'
    when o.project_id is not null then 'plan_changed'
    when exists (
      select from vigie.exemption x
      where (x.project_id = p.id or x.team_id = p.team_id) and (x.until is null or x.until > now())) then 'exempted'
    when ${isVisited} then 'visited'
    else 'deadline_moved' end`
}
