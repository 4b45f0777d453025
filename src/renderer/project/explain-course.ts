import type { NextTransition } from '../../core/lifecycle.ts'
import type { Policy } from '../../core/policy.ts'
import type { ProjectDetail } from '../../core/queries/project.ts'
import type { Prospect } from '../../core/queries/prospect.ts'
import type { BlindSpell } from '../../core/watch/deadline.ts'
import type { Words } from '../i18n/en.ts'
import type { Formats } from '../i18n/formats.ts'
import { candidatesOf } from './obstacle.ts'

interface Course {
  readonly project: Pick<ProjectDetail, 'status' | 'planKind' | 'teamId' | 'people'>
  /** The rule's own answer. */
  readonly next: NextTransition
  readonly policy: Pick<Policy, 'sweepMode' | 'canaryTeamIds'>
  readonly spells: readonly BlindSpell[]
  /** Undefined as long as it is not known. */
  readonly prospect: Prospect | undefined
}

/**
 * By whom and in which night what the rule foresees comes about, or what stands in its way: modes, pauses, holds, blind
 * spells. Sentences; none for a project that is left alone.
 */
export function explainCourse(course: Course, words: Words['panel']['course'], formats: Formats): string[] {
  const { project, next, spells, prospect } = course
  if (next.kind === 'rest') return []
  const isOrphan = project.status === 'active' && candidatesOf(project).length === 0
  return [
    project.planKind === 'lapsed' && words.lapsedSwept,
    !next.isDue && spells.some(({ to }) => to === null) && words.blindNow,
    prospect !== undefined && explainHold(next.stage, prospect.hold, words),
    prospect !== undefined && explainNight(course, prospect, words, formats),
    isOrphan && words.nobody,
  ].filter((sentence) => sentence !== false)
}

function explainHold(
  stage: 'deactivate' | 'disable',
  hold: Prospect['hold'],
  words: Words['panel']['course'],
): string | false {
  if (hold === null) return false
  return hold.isExpired ? words.heldExpired(hold.runId) : words.held[stage](hold.runId)
}

function explainNight(
  { project, policy }: Course,
  { pausedAt, tick, missed }: Prospect,
  words: Words['panel']['course'],
  formats: Formats,
): string {
  if (pausedAt !== null) return words.paused(formats.exact(pausedAt))
  if (policy.sweepMode === 'off' || tick === null) return words.off
  if (policy.sweepMode === 'observe') return words.observed(formats.exact(tick))
  const isLeftOut = policy.sweepMode === 'canary' && !policy.canaryTeamIds.includes(project.teamId)
  if (isLeftOut) return words.notCanary
  if (missed === null) return words.night(formats.exact(tick))
  return words.nightAfter(formats.exact(missed), formats.exact(tick))
}
