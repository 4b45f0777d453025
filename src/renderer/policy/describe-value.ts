import { type PolicyName, policyRules } from '../../core/check-policy.ts'
import { mailLanguages, sweepModes } from '../../core/policy.ts'
import type { Words } from '../i18n/en.ts'
import type { Formats } from '../i18n/formats.ts'
import { unitOf } from './groups.ts'

export interface Describing {
  readonly words: Words['policy']
  readonly formats: Formats
  readonly teamName: (id: string) => string
}

/** A value of the policy in words, with its unit. */
export function describeValue(name: PolicyName, value: unknown, { words, formats, teamName }: Describing): string {
  if (typeof value === 'boolean') return value ? words.yes : words.no
  if (typeof value === 'number') {
    const unit = unitOf(name, value, words)
    return unit === '' ? formats.number(value) : `${formats.number(value)} ${unit}`
  }
  if (Array.isArray(value)) return value.length === 0 ? words.none : formats.list(value.map(String).map(teamName))
  const text = String(value)
  const mode = sweepModes.find((known) => known === text)
  if (name === 'sweepMode' && mode !== undefined) return words.modes[mode].name
  const language = mailLanguages.find((known) => known === text)
  if (name === 'mailLanguage' && language !== undefined) return words.languages[language]
  return text
}

/** When a schedule comes, for those that are plain; null: the expression has to speak for itself. */
export function describeSchedule(expression: string, words: Words['policy']): string | null {
  const [minute = '', hour = '', ...rest] = expression.trim().split(/\s+/)
  if (rest.join(' ') !== '* * *' || !/^\d{1,2}$/.test(minute)) return null
  if (hour === '*') return words.everyHourAt(minute)
  return /^\d{1,2}$/.test(hour) ? words.everyDayAt(`${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`) : null
}

/** Why a value is not possible, by what it has to be. */
export function describeProblem(name: PolicyName, { problems }: Words['policy']): string {
  const rule = policyRules[name]
  switch (rule.kind) {
    case 'count':
      return problems.count(rule.min, rule.max)
    case 'schedule':
      return problems.schedule
    case 'zone':
      return problems.zone
    case 'teams':
      return problems.teams
    case 'switch':
    case 'choice':
      return problems.other
  }
}
