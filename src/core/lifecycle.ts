import { addDays, type Instant, instantToMicros, latestOf } from './instant.ts'
import type { Policy, Stage } from './policy.ts'
import { lastActivityAt, type ProjectFacts, type ProjectStatus } from './project.ts'

/** Why nothing will happen to a project by itself. */
export const restReasons = [
  'paused',
  'deleted',
  'final',
  'team_deleted',
  'paid_plan',
  'lapsed_plan',
  'exempt',
  'deactivation_unknown',
] as const
export type RestReason = (typeof restReasons)[number]

export type NextTransition =
  | {
      readonly kind: 'transition'
      readonly stage: Stage
      readonly from: ProjectStatus
      readonly to: ProjectStatus
      /** The first instant at which a sweep takes it, if nothing changes before. */
      readonly dueAt: Instant
      readonly isDue: boolean
    }
  | { readonly kind: 'rest'; readonly reason: RestReason }

/**
 * What becomes of a project if nobody does anything, and when. The same rule as the SQL function `vigie.due`; a property
 * test compares the two. A boundary counts as reached: exactly five days without traffic is due.
 */
export function nextTransition(facts: ProjectFacts, policy: Policy, now: Instant): NextTransition {
  if (facts.status === 'paused') return rest('paused')
  if (facts.status === 'deleted') return rest('deleted')
  if (facts.status === 'permanently_disabled') return rest('final')
  if (facts.isTeamDeleted) return rest('team_deleted')
  if (facts.planKind === 'paid') return rest('paid_plan')
  if (facts.planKind === 'lapsed' && !policy.isLapsedPaidSwept) return rest('lapsed_plan')
  if (facts.exemption?.until === null) return rest('exempt')
  const exemptUntil = facts.exemption?.until ?? null

  if (facts.status === 'active') {
    const idleFrom = lastActivityAt(facts)
    return transition('deactivate', latestOf(addDays(idleFrom, policy.inactiveAfterDays), exemptUntil), now)
  }
  if (facts.deactivatedAt === null) return rest('deactivation_unknown')
  return transition('disable', latestOf(addDays(facts.deactivatedAt, policy.disabledAfterDays), exemptUntil), now)
}

const ends = {
  deactivate: { from: 'active', to: 'inactive' },
  disable: { from: 'inactive', to: 'permanently_disabled' },
} as const satisfies Record<Stage, { from: ProjectStatus; to: ProjectStatus }>

function transition(stage: Stage, dueAt: Instant, now: Instant): NextTransition {
  return { kind: 'transition', stage, ...ends[stage], dueAt, isDue: instantToMicros(dueAt) <= instantToMicros(now) }
}

function rest(reason: RestReason): NextTransition {
  return { kind: 'rest', reason }
}
