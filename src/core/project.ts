import { type Instant, latestOf } from './instant.ts'

/** The states of a project; the first and the last two are the platform's own, the others came with inactivity tracking. */
export const projectStatuses = ['active', 'inactive', 'permanently_disabled', 'paused', 'deleted'] as const
export type ProjectStatus = (typeof projectStatuses)[number]

/** `free` also stands for a team without a subscription; `lapsed` is a paid plan that is cancelled or expired. */
export const planKinds = ['free', 'paid', 'lapsed'] as const
export type PlanKind = (typeof planKinds)[number]

/** While it lasts, the project or its team is left alone. `until` null: for good. */
export interface Exemption {
  readonly until: Instant | null
}

/** All that the rules look at. Nothing else decides what becomes of a project. */
export interface ProjectFacts {
  readonly status: ProjectStatus
  readonly planKind: PlanKind
  readonly isTeamDeleted: boolean
  readonly createdAt: Instant
  readonly lastTrafficAt: Instant | null
  readonly deactivatedAt: Instant | null
  /** The one that lasts longest, if several apply. */
  readonly exemption: Exemption | null
}

/** The latest of traffic, creation and reactivation (which sets `lastTrafficAt`). */
export function lastActivityAt(facts: Pick<ProjectFacts, 'createdAt' | 'lastTrafficAt'>): Instant {
  return latestOf(facts.createdAt, facts.lastTrafficAt)
}
