import type { Database } from '../context.ts'
import type { Instant } from '../instant.ts'

/** A process that acts while nobody looks. */
export interface Agent {
  readonly id: string
  readonly entry: string
  readonly machine: string
  readonly version: string
  readonly parts: readonly string[]
  readonly startedAt: Instant
  readonly heartbeatAt: Instant
  readonly stoppedAt: Instant | null
  /** Not stopped, and heard of in the last minute. */
  readonly isAlive: boolean
  /** What went wrong last in its parts, of which some tell nothing. */
  readonly errors: readonly { readonly part: string; readonly code: string; readonly message: string }[]
}

/** The agents that were heard of in the last day, the latest first; at most a hundred. */
export function listAgents(sql: Database): Promise<Agent[]> {
  return sql<Agent[]>`
    select a.id, a.entry, a.machine, a.version, a.parts, a.started_at as "startedAt", a.heartbeat_at as "heartbeatAt",
      a.stopped_at as "stoppedAt",
      a.stopped_at is null and a.heartbeat_at > clock_timestamp() - interval '1 minute' as "isAlive",
      (select coalesce(jsonb_agg((r.value -> 'error') || jsonb_build_object('part', r.key) order by r.key), '[]')
        from jsonb_each(a.report) r where jsonb_typeof(r.value -> 'error') = 'object') as errors
    from vigie.agent a
    where a.heartbeat_at > now() - interval '1 day'
    order by a.heartbeat_at desc, a.id
    limit 100`
}
