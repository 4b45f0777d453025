import type { NextTransition } from '../../core/lifecycle.ts'
import type { Policy } from '../../core/policy.ts'
import type { ProjectDetail } from '../../core/queries/project.ts'
import type { Words } from '../i18n/en.ts'
import type { Formats } from '../i18n/formats.ts'

type Explained = Pick<
  ProjectDetail,
  'status' | 'createdAt' | 'lastTrafficAt' | 'deactivatedAt' | 'exemption' | 'timeline'
>

/** Why a project is where it is and what the rule makes of it, in sentences. `next` is the rule's own answer. */
export function explainNext(
  project: Explained,
  next: NextTransition,
  policy: Policy,
  words: Words['project'],
  formats: Formats,
): string {
  if (next.kind === 'rest') {
    if (next.reason === 'final' && project.deactivatedAt !== null) {
      return words.finalSince(formats.exact(project.deactivatedAt))
    }
    const stays = ['paid_plan', 'lapsed_plan', 'exempt', 'deactivation_unknown'].includes(next.reason)
    return join([words.rest[next.reason], project.status === 'inactive' && stays && words.inactiveOnPaid])
  }
  const exemptUntil = project.exemption?.until ?? null
  const exemption =
    exemptUntil !== null &&
    exemptUntil === next.dueAt &&
    !next.isDue &&
    words.exemptUntil(formats.deadline(exemptUntil))
  const extended = next.unwatchedMicros > 0 && words.extended(formats.duration(next.unwatchedMicros))
  if (next.stage === 'deactivate') {
    const rule = next.isDue ? words.overInactive : words.becomesInactive
    return join([explainClock(project, words, formats), rule(policy.inactiveAfterDays), extended, exemption])
  }
  const since = project.deactivatedAt !== null && words.inactiveSince(formats.exact(project.deactivatedAt))
  const rule = next.isDue ? words.overDisabled : words.becomesDisabled
  return join([since, rule(policy.disabledAfterDays), extended, exemption])
}

function explainClock(project: Explained, words: Words['project'], formats: Formats): string {
  const { lastTrafficAt, createdAt, timeline } = project
  if (lastTrafficAt === null) return words.neverVisited(formats.exact(createdAt))
  const wasWoken = timeline.events.some(
    ({ kind, after }) => kind === 'reactivated' && after?.lastTrafficAt === lastTrafficAt,
  )
  return wasWoken
    ? words.sinceReactivation(formats.exact(lastTrafficAt))
    : words.sinceTraffic(formats.exact(lastTrafficAt))
}

function join(sentences: readonly (string | false)[]): string {
  return sentences.filter((sentence) => sentence !== false).join(' ')
}
