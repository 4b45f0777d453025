import type { PolicyName } from '../../core/check-policy.ts'
import type { Words } from '../i18n/en.ts'

export type GroupName = keyof Words['policy']['groups']

/** The values of the policy as the page shows them: each in one group. */
export const policyGroups: Readonly<Record<GroupName, readonly PolicyName[]>> = {
  rules: ['inactiveAfterDays', 'disabledAfterDays', 'isLapsedPaidSwept', 'isUpgradedWoken'],
  sweeps: ['sweepMode', 'canaryTeamIds', 'revertDays'],
  schedules: ['sweepSchedule', 'cleanupSchedule', 'countsSchedule', 'pruningSchedule'],
  brakes: [
    'silentProjects',
    'silentHours',
    'manyProjects',
    'manyPercent',
    'manyMedianFactor',
    'manyMedianProjects',
    'gapHours',
    'holdHours',
    'isWatchRequired',
    'watchGapMinutes',
    'intakePercent',
  ],
  mail: [
    'mailsPerMinute',
    'mailLanguage',
    'mailZone',
    'isWarningMailed',
    'warningHours',
    'isReactivationMailed',
    'mailBodyDays',
  ],
  edge: ['trafficDays', 'containerRemovalDays'],
}

export const groupNames = [
  'rules',
  'sweeps',
  'schedules',
  'brakes',
  'mail',
  'edge',
] as const satisfies readonly GroupName[]

type Unit = 'unitDays' | 'unitHours' | 'unitMinutes' | 'unitProjects' | 'unitPercent' | 'unitTimes' | 'unitMails'

const units: Readonly<Partial<Record<PolicyName, Unit>>> = {
  inactiveAfterDays: 'unitDays',
  disabledAfterDays: 'unitDays',
  revertDays: 'unitDays',
  silentProjects: 'unitProjects',
  silentHours: 'unitHours',
  manyProjects: 'unitProjects',
  manyPercent: 'unitPercent',
  manyMedianFactor: 'unitTimes',
  manyMedianProjects: 'unitProjects',
  gapHours: 'unitHours',
  holdHours: 'unitHours',
  mailsPerMinute: 'unitMails',
  warningHours: 'unitHours',
  mailBodyDays: 'unitDays',
  watchGapMinutes: 'unitMinutes',
  intakePercent: 'unitPercent',
  trafficDays: 'unitDays',
  containerRemovalDays: 'unitDays',
}

/** The unit of a value, as it reads after a number. */
export function unitOf(name: PolicyName, value: number, words: Words['policy']): string {
  const unit = units[name]
  if (unit === undefined) return ''
  const word = words[unit]
  return typeof word === 'string' ? word : word(value)
}
