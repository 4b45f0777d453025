/**
 * Recording traffic: a request to a hostname counts for its project.
 *
 * Trigger: the command line; later the intake.
 * Guarantees: only active projects move, forward only, never past the database's now
 * (migrations/functions/record-traffic.sql). A blocked or unknown hostname changes nothing.
 * Locks: the project's row.
 */
import type { Context } from '../context.ts'
import type { Instant } from '../instant.ts'
import type { ProjectStatus } from '../project.ts'
import { resolveHostname } from '../routing/resolve-hostname.ts'

/** `pass`: the platform serves it; `blocked`: visitors get the blocked page; `unknown`: no project has this hostname. */
export type TrafficDecision = 'pass' | 'blocked' | 'unknown'

export interface RecordedTraffic {
  readonly projectId: string | null
  readonly decision: TrafficDecision
  readonly lastTrafficAt: Instant | null
  /** It counted as now, since the time that was named lies in the future. */
  readonly isFuture: boolean
}

const decisions = {
  active: 'pass',
  paused: 'pass',
  deleted: 'pass',
  inactive: 'blocked',
  permanently_disabled: 'blocked',
} as const satisfies Record<ProjectStatus, TrafficDecision>

/** Records one request. `at` null: the database's now; a time in the future counts as now. */
export async function recordTraffic(
  context: Context,
  request: { hostname: string; at: Instant | null; deployDomain: string | null },
): Promise<RecordedTraffic> {
  const { sql } = context
  const found = await resolveHostname(sql, request.hostname, request.deployDomain)
  if (found === null) return { projectId: null, decision: 'unknown', lastTrafficAt: null, isFuture: false }
  await sql`
    select vigie.record_traffic(
      array[${found.projectId}]::varchar[], array[coalesce(${request.at}::text::timestamptz, now())])`
  const [after] = await sql<{ status: ProjectStatus; lastTrafficAt: Instant | null; isFuture: boolean }[]>`
    select p.status, p.last_traffic_at as "lastTrafficAt",
      coalesce(${request.at}::text::timestamptz > now(), false) as "isFuture"
    from project p where p.id = ${found.projectId}`
  const { status, lastTrafficAt, isFuture } = after ?? { ...found, isFuture: false }
  return {
    projectId: found.projectId,
    decision: decisions[status],
    lastTrafficAt,
    isFuture: isFuture && status === 'active',
  }
}
