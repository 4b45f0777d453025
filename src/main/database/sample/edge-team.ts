import type { ProjectStatus } from '../../../core/project.ts'

export type TeamPlan = 'none' | 'free' | 'paid' | 'cancelled' | 'expired'
export type MemberRole = 'owner' | 'admin' | 'member'
export type DomainType = 'route' | '301' | '302' | '307' | '308'
export type DomainStatus = 'pending' | 'active' | 'disabled' | 'failed'

/** Fictitious, like everybody in the sample. */
export interface EdgeUser {
  readonly name: string | null
  /** Unique; what stands before the @ of the address and, without dots, the user name. */
  readonly login: string
  readonly isDeleted?: boolean
  readonly isUnverified?: boolean
}

export interface EdgeDomain {
  readonly hostname: string
  /** `route` unless said otherwise. */
  readonly type?: DomainType
  /** Before the project fell asleep; `active` unless said otherwise. */
  readonly status?: DomainStatus
  /** A reactivation left it disabled, as another project has the hostname. */
  readonly isLeft?: boolean
}

/** What is left out is ordinary: active, 300 days old, visited two hours ago, deployed once, no domain. */
export interface EdgeProject {
  readonly name: string
  readonly hasNoSlug?: boolean
  readonly hasNoCreator?: boolean
  readonly status?: ProjectStatus
  readonly ageHours?: number
  /** Since the last traffic of a project that is not asleep; null: never visited. */
  readonly idleHours?: number | null
  /** Its sleep, the one that it is in or the one that it was woken from, was the first version's. */
  readonly isFirstVersion?: boolean
  /** How many nights ago a sweep put it to sleep. */
  readonly sleptNight?: number
  /** The same of the first version or of a sweep by hand. A sleeper of the first version may have no date at all. */
  readonly sleptHoursAgo?: number
  readonly disabledNight?: number
  readonly disabledHoursAgo?: number
  readonly wakings?: number
  /** The night of the latest sleep that it was woken from; without one its reactivations left no events. */
  readonly lastWakingNight?: number
  /** From now; negative: over. */
  readonly exemptForHours?: number
  readonly deployments?: number
  readonly repoStatus?: 'active' | 'deleted' | 'removed' | 'transferred'
  readonly domains?: readonly EdgeDomain[]
}

export interface EdgeTeam {
  readonly name: string
  readonly hasNoSlug?: boolean
  readonly plan: TeamPlan
  readonly isDeleted?: boolean
  /** For good. */
  readonly isExempt?: boolean
  readonly members: readonly { readonly user: EdgeUser; readonly role: MemberRole }[]
  /** The first member unless said otherwise. */
  readonly creator?: EdgeUser | null
  readonly projects: readonly EdgeProject[]
}
