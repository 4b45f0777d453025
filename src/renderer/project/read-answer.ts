import type { NextTransition } from '../../core/lifecycle.ts'
import { cleanLine } from '../../core/mail/templates/clean-text.ts'
import { formatInstant } from '../../core/mail/templates/format-instant.ts'
import { projectPageUrl } from '../../core/platform-page.ts'
import type { Policy } from '../../core/policy.ts'
import type { ProjectDetail } from '../../core/queries/project.ts'
import { type AnswerKind, answerEn, type ToldProject } from '../i18n/answer-en.ts'
import { answerFr } from '../i18n/answer-fr.ts'
import type { Language } from '../i18n/choose-language.ts'
import { candidatesOf } from './obstacle.ts'

type Asked = Pick<
  ProjectDetail,
  | 'status'
  | 'planKind'
  | 'isTeamDeleted'
  | 'createdAt'
  | 'lastTrafficAt'
  | 'deactivatedAt'
  | 'exemption'
  | 'people'
  | 'name'
  | 'teamName'
  | 'teamSlug'
  | 'id'
>

interface AnswerFacts {
  readonly project: Asked
  /** The rule's own answer. */
  readonly next: NextTransition
  readonly policy: Pick<Policy, 'inactiveAfterDays' | 'mailZone'>
  readonly platformUrl: string | null
}

const answers = { en: answerEn, fr: answerFr } as const

/**
 * What to tell the owner of a project in its present state: plain text, in the answer's own language, with times in UTC and in
 * the policy's zone, since nobody knows the owner's. Pure.
 */
export function writeAnswer(facts: AnswerFacts, language: Language): string {
  const { project, next, policy, platformUrl } = facts
  const tell = (instant: string | null) => (instant === null ? null : formatInstant(instant, language, policy.mailZone))
  const words = answers[language]
  const told: ToldProject = {
    name: cleanLine(project.name) || project.id,
    teamName: cleanLine(project.teamName),
    url: projectPageUrl(project, platformUrl),
    createdAt: formatInstant(project.createdAt, language, policy.mailZone),
    lastTrafficAt: tell(project.lastTrafficAt),
    asleepSince: tell(project.deactivatedAt),
    deadline: next.kind === 'transition' ? tell(next.dueAt) : null,
    exemptUntil: tell(project.exemption?.until ?? null),
    inactiveAfterDays: policy.inactiveAfterDays,
  }
  return [words.greeting, ...words.states[answerKindOf(project, next)](told), words.closing]
    .filter((paragraph) => paragraph !== '')
    .join('\n\n')
}

/** Which answer it is. What nobody can change comes before what somebody can. */
export function answerKindOf(project: Asked, next: NextTransition): AnswerKind {
  const { status } = project
  if (status === 'deleted' || status === 'paused') return status
  if (project.isTeamDeleted) return 'teamDeleted'
  if (status === 'permanently_disabled') return 'final'
  if (status === 'active') return activeKindOf(next)
  if (candidatesOf(project).length === 0) return next.kind === 'rest' ? 'asleepForNobody' : 'sleepsForNobody'
  if (next.kind === 'transition') return next.isDue ? 'inactiveDue' : 'inactive'
  return asleepKinds[next.reason] ?? 'asleepUndated'
}

function activeKindOf(next: NextTransition): AnswerKind {
  if (next.kind === 'transition') return next.isDue ? 'activeDue' : 'active'
  return activeKinds[next.reason] ?? 'activeExempt'
}

type Rest = Extract<NextTransition, { kind: 'rest' }>['reason']

const activeKinds: Partial<Record<Rest, AnswerKind>> = {
  paid_plan: 'activePaid',
  lapsed_plan: 'activeLapsed',
  exempt: 'activeExempt',
}

const asleepKinds: Partial<Record<Rest, AnswerKind>> = {
  paid_plan: 'asleepPaid',
  lapsed_plan: 'asleepLapsed',
  exempt: 'asleepExempt',
  deactivation_unknown: 'asleepUndated',
}
