import type { TimelineEvent } from '../../core/queries/timeline.ts'
import type { Words } from '../i18n/en.ts'
import type { Formats } from '../i18n/formats.ts'

type Recorded = Pick<TimelineEvent, 'kind' | 'before' | 'after'>

/** Of an event about an exemption: until when, whether it is the team's, and which one it replaced. */
export function describeExemption(
  { kind, before, after }: Recorded,
  words: Words['exemption'],
  formats: Formats,
): string[] {
  if (kind !== 'exempted' && kind !== 'exemption_ended' && kind !== 'exemption_expired') return []
  const told = kind === 'exempted' ? after : before
  const replaced = kind === 'exempted' && before?.isExempt === true
  return [
    ...(told?.scope === 'team' ? [words.teamsOwn] : []),
    endOf(told?.until),
    ...(replaced ? [words.replaced(endOf(before?.until))] : []),
  ]

  function endOf(until: unknown): string {
    return typeof until === 'string' ? words.wasUntil(formats.exact(until)) : words.wasForGood
  }
}
