import { cronProblem } from './cron.ts'
import { VigieError } from './errors.ts'
import { defaultPolicy, mailLanguages, type Policy, sweepModes } from './policy.ts'

export type PolicyName = keyof Policy

/** Some values of a policy, to be changed together. */
export type PolicyChanges = { readonly [Name in PolicyName]?: Policy[Name] }

/** What a value must be. Limits are those of the columns' own checks. */
export type PolicyRule =
  | { readonly kind: 'count'; readonly min: number; readonly max: number }
  | { readonly kind: 'switch' }
  | { readonly kind: 'choice'; readonly choices: readonly string[] }
  | { readonly kind: 'schedule' }
  | { readonly kind: 'zone' }
  | { readonly kind: 'teams' }

/** Of times in days. */
export const daysRule = { kind: 'count', min: 1, max: 3_650 } as const satisfies PolicyRule
const hours: PolicyRule = { kind: 'count', min: 1, max: 720 }
const projects: PolicyRule = { kind: 'count', min: 0, max: 1_000_000 }

export const policyRules: Readonly<Record<PolicyName, PolicyRule>> = {
  inactiveAfterDays: daysRule,
  disabledAfterDays: daysRule,
  isLapsedPaidSwept: { kind: 'switch' },
  isUpgradedWoken: { kind: 'switch' },
  sweepMode: { kind: 'choice', choices: sweepModes },
  canaryTeamIds: { kind: 'teams' },
  sweepSchedule: { kind: 'schedule' },
  cleanupSchedule: { kind: 'schedule' },
  countsSchedule: { kind: 'schedule' },
  pruningSchedule: { kind: 'schedule' },
  silentProjects: { ...projects, min: 1 },
  silentHours: hours,
  manyProjects: projects,
  manyPercent: { kind: 'count', min: 0, max: 100 },
  manyMedianFactor: { kind: 'count', min: 1, max: 100 },
  manyMedianProjects: projects,
  gapHours: hours,
  holdHours: hours,
  isWatchRequired: { kind: 'switch' },
  watchGapMinutes: { kind: 'count', min: 1, max: 1_440 },
  intakePercent: { kind: 'count', min: 0, max: 100 },
  revertDays: { kind: 'count', min: 1, max: 365 },
  mailsPerMinute: { kind: 'count', min: 1, max: 100_000 },
  mailLanguage: { kind: 'choice', choices: mailLanguages },
  mailZone: { kind: 'zone' },
  isWarningMailed: { kind: 'switch' },
  warningHours: hours,
  isReactivationMailed: { kind: 'switch' },
  mailBodyDays: daysRule,
  trafficDays: { kind: 'count', min: 30, max: 3_650 },
  containerRemovalDays: daysRule,
}

/** Whether a policy has a value of this name. */
export function isPolicyName(name: string): name is PolicyName {
  return Object.hasOwn(defaultPolicy, name)
}

/** The first value that makes no sense and why, to be put after its name; null: all do. */
export function findPolicyProblem(
  changes: Readonly<Record<string, unknown>>,
): { readonly field: string; readonly problem: string } | null {
  for (const [field, value] of Object.entries(changes)) {
    const problem = isPolicyName(field) ? problemOf(policyRules[field], value) : 'is no value of the policy'
    if (problem !== null) return { field, problem }
  }
  return null
}

/** Checks changes that come from outside. Errors: POLICY_INVALID, naming the field. */
export function checkPolicy(changes: Readonly<Record<string, unknown>>): PolicyChanges {
  const found = findPolicyProblem(changes)
  if (found !== null)
    throw isPolicyName(found.field) ? policyInvalid(found.field, found.problem) : policyUnknown(found.field)
  return changes
}

/** The refusal of a value of the policy. */
export function policyInvalid(field: string, problem: string): VigieError {
  const name = field.slice(0, 64)
  return new VigieError('POLICY_INVALID', `${name} ${problem}. Correct it; nothing was changed.`, { field: name })
}

/** The refusal of a name that the policy does not have, read or written. */
export function policyUnknown(name: string): VigieError {
  const field = name.slice(0, 64)
  return new VigieError(
    'POLICY_INVALID',
    `The policy has no value “${field}”. “vigie policy get” shows those there are.`,
    { field },
  )
}

function problemOf(rule: PolicyRule, value: unknown): string | null {
  switch (rule.kind) {
    case 'count':
      return isCountWithin(value, rule.min, rule.max) ? null : `must be a whole number from ${rule.min} to ${rule.max}`
    case 'switch':
      return typeof value === 'boolean' ? null : 'must be true or false'
    case 'choice':
      return typeof value === 'string' && rule.choices.includes(value)
        ? null
        : `must be one of ${rule.choices.join(', ')}`
    case 'schedule':
      return isShortText(value) ? cronProblem(value) : 'must be a cron expression of five fields'
    case 'zone':
      return isShortText(value) && isZone(value) ? null : 'must be a time zone like Europe/Paris'
    case 'teams':
      return isTeamList(value) ? null : 'must be a list of ids of teams, each of which stands there once'
  }
}

function isCountWithin(value: unknown, min: number, max: number): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max
}

function isShortText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= 200 && !value.includes('\0')
}

/** An offset such as +02:00 would pass for a zone, and would be wrong for half of the year. */
function isZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}

const maxCanaryTeams = 1_000

function isTeamList(value: unknown): boolean {
  if (!Array.isArray(value) || value.length > maxCanaryTeams || new Set(value).size !== value.length) return false
  return value.every((id) => typeof id === 'string' && /^[0-9a-f]{1,32}$/.test(id))
}
