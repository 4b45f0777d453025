import type { PolicyChanges } from '../check-policy.ts'
import type { Database } from '../context.ts'
import type { Instant } from '../instant.ts'
import type { PausablePart } from '../pauses.ts'

interface RecordBase {
  readonly id: number
  readonly at: Instant
  readonly actor: string
  readonly entry: string
  readonly machine: string
  readonly reason: string
}

/** How Vigie was steered: what was changed, by whom and why. */
export type PolicyRecord = RecordBase &
  (
    | { readonly kind: 'policy_changed'; readonly before: PolicyChanges; readonly after: PolicyChanges }
    | { readonly kind: 'paused' | 'resumed'; readonly after: { readonly part: PausablePart } }
  )

/** The latest changes of the policy and of pauses, newest first; `beforeId` for the next page. */
export function listPolicyRecord(
  sql: Database,
  request: { beforeId: number | null; limit: number },
): Promise<PolicyRecord[]> {
  const { beforeId, limit } = request
  return sql<PolicyRecord[]>`
    select e.id, e.created_at as at, e.kind, e.actor, e.entry, e.machine, e.reason, e.before, e.after
    from vigie.event e
    where e.kind in ('policy_changed', 'paused', 'resumed') and (${beforeId}::bigint is null or e.id < ${beforeId}::bigint)
    order by e.id desc
    limit ${limit}`
}
