/**
 * All that people may decide of Vigie, one row of `vigie.policy`; names are those of its columns (migrations/0001-core.sql,
 * 0002-nights.sql, 0003-edge.sql). The functions in the database read it themselves.
 */
export interface Policy {
  readonly inactiveAfterDays: number
  readonly disabledAfterDays: number
  /** Whether teams whose paid plan is cancelled or expired count as free. */
  readonly isLapsedPaidSwept: boolean
  /** Whether a sleeper is woken when its team has moved to a paid plan. */
  readonly isUpgradedWoken: boolean
  /** What unattended sweeps may do; sweeps that a person starts do not ask. */
  readonly sweepMode: SweepMode
  /** The teams that unattended sweeps touch in the mode `canary`. */
  readonly canaryTeamIds: readonly string[]
  /** Cron expressions of five fields, in UTC (core/cron.ts). */
  readonly sweepSchedule: string
  readonly cleanupSchedule: string
  readonly countsSchedule: string
  readonly pruningSchedule: string
  readonly silentProjects: number
  readonly silentHours: number
  readonly manyProjects: number
  readonly manyPercent: number
  readonly manyMedianFactor: number
  /** The least that the median may hold, so that a quiet platform is not held for a handful. */
  readonly manyMedianProjects: number
  readonly gapHours: number
  readonly holdHours: number
  /** Whether unattended sweeps wait until an intake has watched for as long as a project may be idle. */
  readonly isWatchRequired: boolean
  readonly watchGapMinutes: number
  readonly intakePercent: number
  readonly revertDays: number
  readonly mailsPerMinute: number
  readonly mailLanguage: MailLanguage
  /** An IANA time zone, in which mails repeat their deadlines. */
  readonly mailZone: string
  readonly isWarningMailed: boolean
  readonly warningHours: number
  readonly isReactivationMailed: boolean
  readonly mailBodyDays: number
  readonly trafficDays: number
  readonly containerRemovalDays: number
}

/** off: nothing. observe: a preview is stored every night. canary: named teams only. on: everything that is due. */
export const sweepModes = ['off', 'observe', 'canary', 'on'] as const
export type SweepMode = (typeof sweepModes)[number]

export const mailLanguages = ['en', 'fr', 'both'] as const
export type MailLanguage = (typeof mailLanguages)[number]

/** What a platform's database begins with. */
export const defaultPolicy: Policy = {
  inactiveAfterDays: 5,
  disabledAfterDays: 7,
  isLapsedPaidSwept: false,
  isUpgradedWoken: true,
  sweepMode: 'observe',
  canaryTeamIds: [],
  sweepSchedule: '0 2 * * *',
  cleanupSchedule: '0 3 * * *',
  countsSchedule: '5 0 * * *',
  pruningSchedule: '30 0 * * *',
  silentProjects: 20,
  silentHours: 24,
  manyProjects: 200,
  manyPercent: 20,
  manyMedianFactor: 3,
  manyMedianProjects: 20,
  gapHours: 24,
  holdHours: 72,
  isWatchRequired: true,
  watchGapMinutes: 60,
  intakePercent: 30,
  revertDays: 30,
  mailsPerMinute: 300,
  mailLanguage: 'both',
  mailZone: 'UTC',
  isWarningMailed: false,
  warningHours: 48,
  isReactivationMailed: false,
  mailBodyDays: 90,
  trafficDays: 90,
  containerRemovalDays: 30,
}

/** The two passes of a sweep, in their order. */
export const stages = ['deactivate', 'disable'] as const
export type Stage = (typeof stages)[number]
