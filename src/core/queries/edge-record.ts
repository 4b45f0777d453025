import type { Database } from '../context.ts'
import type { Instant } from '../instant.ts'
import type { EdgePlace } from '../routing/edges.ts'
import type { Exclusion } from '../traffic/change-exclusions.ts'
import type { IntakeName } from '../watch/intakes.ts'

interface RecordBase {
  readonly id: number
  readonly at: Instant
  readonly actor: string
  readonly entry: string
  /** On which it was decided. */
  readonly machine: string
  readonly reason: string
}

/** What people decided about the edge: whom it waits for no more, and what counts as a visit. */
export type EdgeRecord = RecordBase &
  (
    | { readonly kind: 'intake_retired'; readonly before: IntakeName }
    | { readonly kind: 'edge_retired'; readonly before: EdgePlace }
    | { readonly kind: 'exclusion_changed'; readonly after: Pick<Exclusion, 'kind' | 'pattern' | 'status'> }
  )

/** The latest decisions, newest first. */
export function listEdgeRecord(sql: Database, limit: number): Promise<EdgeRecord[]> {
  return sql<EdgeRecord[]>`
    select e.id, e.created_at as at, e.kind, e.actor, e.entry, e.machine, e.reason, e.before, e.after
    from vigie.event e
    where e.kind in ('intake_retired', 'edge_retired', 'exclusion_changed')
    order by e.id desc limit ${limit}`
}
