/** The thresholds of the rules, one row of `vigie.policy`. The functions in the database read it themselves. */
export interface Policy {
  readonly inactiveAfterDays: number
  readonly disabledAfterDays: number
  /** Whether teams whose paid plan is cancelled or expired count as free. */
  readonly isLapsedPaidSwept: boolean
}

export const defaultPolicy: Policy = { inactiveAfterDays: 5, disabledAfterDays: 7, isLapsedPaidSwept: false }

/** The two passes of a sweep, in their order. */
export const stages = ['deactivate', 'disable'] as const
export type Stage = (typeof stages)[number]

/** What unattended sweeps may do; those that a person starts don't depend on it. */
export const sweepModes = ['off', 'observe', 'canary', 'on'] as const
export type SweepMode = (typeof sweepModes)[number]
