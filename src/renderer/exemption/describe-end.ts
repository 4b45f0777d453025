import type { AfterExemption } from '../../core/after-exemption.ts'
import { type Instant, instantToMicros } from '../../core/instant.ts'
import type { Words } from '../i18n/en.ts'
import type { Formats } from '../i18n/formats.ts'

/** What an exemption of a project leads to, in a sentence. */
export function describeEnd(after: AfterExemption, words: Words['exemption'], formats: Formats, now: Instant): string {
  if (after.kind === 'needless') return words.needless
  if (after.kind === 'for_good') return words.endless
  if (after.kind === 'due_later') return words.dueLater[after.stage](formats.exact(after.dueAt))
  const tell = instantToMicros(after.wouldBeDueAt) <= instantToMicros(now) ? words.dueAtEnd : words.overBefore
  return tell[after.stage](formats.exact(after.wouldBeDueAt))
}
