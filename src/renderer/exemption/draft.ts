import { endOfDay } from '../../core/exemption-until.ts'
import { addDays, type Instant, instantToMicros } from '../../core/instant.ts'
import { keepText, readText } from '../data/kept-text.ts'

/** Whole days from today, in UTC, that are offered at once. */
export const offeredDays = [7, 30, 90] as const

/** What was typed into the form of a project, kept while the window lives, over a reload too. */
export interface ExemptionDraft {
  readonly scope: 'project' | 'team'
  /** A number of days, `day` or `forever`. */
  readonly length: string
  /** With `day`: as YYYY-MM-DD, or what was typed instead. */
  readonly day: string
  readonly reason: string
}

export const blankDraft: ExemptionDraft = { scope: 'project', length: '30', day: '', reason: '' }

const keyOf = (part: keyof ExemptionDraft, projectId: string) => `exempt ${part} ${projectId}`

export function readExemptionDraft(projectId: string): ExemptionDraft {
  return {
    scope: readText(keyOf('scope', projectId)) === 'team' ? 'team' : blankDraft.scope,
    length: readText(keyOf('length', projectId)) || blankDraft.length,
    day: readText(keyOf('day', projectId)),
    reason: readText(keyOf('reason', projectId)),
  }
}

/** Null forgets it. */
export function keepExemptionDraft(projectId: string, draft: ExemptionDraft | null): void {
  for (const part of ['scope', 'length', 'day', 'reason'] as const) {
    keepText(keyOf(part, projectId), draft?.[part] ?? '')
  }
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
