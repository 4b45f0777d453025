import { endOfDay } from '../../core/exemption-until.ts'
import { addDays, type Instant, instantToMicros } from '../../core/instant.ts'

/** Whole days from today, in UTC, that are offered at once. */
export const offeredDays = [7, 30, 90] as const

/** What was typed into the form of a project, kept while the window lives. */
export interface ExemptionDraft {
  readonly scope: 'project' | 'team'
  /** A number of days, `day` or `forever`. */
  readonly length: string
  /** With `day`: as YYYY-MM-DD, or what was typed instead. */
  readonly day: string
  readonly reason: string
}

export const blankDraft: ExemptionDraft = { scope: 'project', length: '30', day: '', reason: '' }

const drafts = new Map<string, ExemptionDraft>()

export function readExemptionDraft(projectId: string): ExemptionDraft {
  return drafts.get(projectId) ?? blankDraft
}

/** Null forgets it. */
export function keepExemptionDraft(projectId: string, draft: ExemptionDraft | null): void {
  if (draft === null) drafts.delete(projectId)
  else drafts.set(projectId, draft)
}

/** The end that a draft means, or why it means none. `until` null: for good. */
export type DraftEnd = { readonly until: Instant | null } | { readonly problem: 'dayMissing' | 'dayOver' | 'dayTooFar' }

/** The end of the last day in UTC, checked as the database does (migrations/functions/exempt.sql). */
export function endOf({ length, day }: Pick<ExemptionDraft, 'length' | 'day'>, now: Instant): DraftEnd {
  if (length === 'forever') return { until: null }
  const last = length === 'day' ? day : addDays(now, Number(length)).slice(0, 10)
  const until = endOfDay(last)
  if (until === undefined) return { problem: 'dayMissing' }
  if (instantToMicros(until) <= instantToMicros(now)) return { problem: 'dayOver' }
  return until >= '2200' ? { problem: 'dayTooFar' } : { until }
}
