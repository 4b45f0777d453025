import { endOfDay } from '../../core/exemption-until.ts'
import { addDays, type Instant, instantToMicros } from '../../core/instant.ts'
import { createDrafts } from '../data/use-draft.ts'

/** Whole days from today, in UTC, that are offered at once. */
export const offeredDays = [7, 30, 90] as const

/** How long projects are left alone, as it is typed. */
export interface Duration {
  /** A number of days, `day` or `forever`. */
  readonly length: string
  /** With `day`: as YYYY-MM-DD, or what was typed instead. */
  readonly day: string
}

export const firstDuration: Duration = { length: '30', day: '' }

/** What is typed into the form of a project. */
export interface ExemptionDraft extends Duration {
  readonly scope: 'project' | 'team'
  readonly reason: string
}

/** By the project's id. */
export const exemptionDrafts = createDrafts<ExemptionDraft>({ scope: 'project', ...firstDuration, reason: '' })

/** The end that is meant, or why none is. `until` null: for good. */
export type DurationEnd =
  | { readonly until: Instant | null }
  | { readonly problem: 'dayMissing' | 'dayOver' | 'dayTooFar' }

/** The end of the last day in UTC, checked as the database does (migrations/functions/exempt.sql). */
export function endOf({ length, day }: Duration, now: Instant): DurationEnd {
  if (length === 'forever') return { until: null }
  const last = length === 'day' ? day : addDays(now, Number(length)).slice(0, 10)
  const until = endOfDay(last)
  if (until === undefined) return { problem: 'dayMissing' }
  if (instantToMicros(until) <= instantToMicros(now)) return { problem: 'dayOver' }
  return until >= '2200' ? { problem: 'dayTooFar' } : { until }
}
