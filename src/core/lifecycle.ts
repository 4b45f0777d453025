import { type Instant, instantToMicros, latestOf } from './instant.ts'
import type { Policy, Stage } from './policy.ts'
import { lastActivityAt, type ProjectFacts, type ProjectStatus } from './project.ts'
import { type BlindSpell, type Deadline, deadlineOf } from './watch/deadline.ts'

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
      /** By how much that is later, since nobody watched meanwhile. */
      readonly unwatchedMicros: number
    }
  | { readonly kind: 'rest'; readonly reason: RestReason }

/**
 * What becomes of a project if nobody does anything, and when. The same rule as the SQL function `vigie.due`; a property
 * test compares the two. A boundary counts as reached: exactly five days without traffic is due. What nobody watched
 * (`spells`) counts as no time.
 */
export function nextTransition(
  facts: ProjectFacts,
  policy: Policy,
  spells: readonly BlindSpell[],
  now: Instant,
): NextTransition {
  if (facts.status === 'paused') return rest('paused')
  if (facts.status === 'deleted') return rest('deleted')
  if (facts.status === 'permanently_disabled') return rest('final')
  if (facts.isTeamDeleted) return rest('team_deleted')
  if (facts.planKind === 'paid') return rest('paid_plan')
  if (facts.planKind === 'lapsed' && !policy.isLapsedPaidSwept) return rest('lapsed_plan')
  if (facts.exemption?.until === null) return rest('exempt')
  const exemptUntil = facts.exemption?.until ?? null

  if (facts.status === 'active') {
    const deadline = deadlineOf(lastActivityAt(facts), policy.inactiveAfterDays, spells, now)
    return transition('deactivate', deadline, exemptUntil, now)
  }
  if (facts.deactivatedAt === null) return rest('deactivation_unknown')
  const deadline = deadlineOf(facts.deactivatedAt, policy.disabledAfterDays, spells, now)
  return transition('disable', deadline, exemptUntil, now)
}

const ends = {
  deactivate: { from: 'active', to: 'inactive' },
  disable: { from: 'inactive', to: 'permanently_disabled' },
} as const satisfies Record<Stage, { from: ProjectStatus; to: ProjectStatus }>

function transition(stage: Stage, deadline: Deadline, exemptUntil: Instant | null, now: Instant): NextTransition {
  const dueAt = latestOf(deadline.at, exemptUntil)
  const isDue = instantToMicros(dueAt) <= instantToMicros(now)
  return { kind: 'transition', stage, ...ends[stage], dueAt, isDue, unwatchedMicros: deadline.unwatchedMicros }
}

function rest(reason: RestReason): NextTransition {
  return { kind: 'rest', reason }
}
