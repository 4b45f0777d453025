import { describe, expect, it } from 'vitest'
import { addDays } from '../../core/instant.ts'
import { nextTransition } from '../../core/lifecycle.ts'
import { defaultPolicy, type Policy } from '../../core/policy.ts'
import type { TeamPerson } from '../../core/queries/project.ts'
import type { AnswerKind } from '../i18n/answer-en.ts'
import { answerKindOf, writeAnswer } from './read-answer.ts'

const now = '2026-03-10T12:00:00.000Z'
const owner: TeamPerson = { userId: 1, name: 'Ada', email: 'ada@example.com', role: 'owner', isDeleted: false }
type Project = Parameters<typeof answerKindOf>[0]

const active: Project = {
  id: 'beef',
  name: 'shop',
  teamName: 'Ada’s team',
  teamSlug: 'ada',
  status: 'active',
  planKind: 'free',
  isTeamDeleted: false,
  createdAt: addDays(now, -100),
  lastTrafficAt: addDays(now, -1),
  deactivatedAt: null,
  exemption: null,
  people: [owner],
}
const inactive: Project = { ...active, status: 'inactive', deactivatedAt: addDays(now, -3) }
const orphan = { people: [{ ...owner, isDeleted: true }] }

function write(
  project: Project,
  language: 'en' | 'fr',
  policy: Partial<Policy> = {},
  platformUrl: string | null = null,
) {
  const inForce = { ...defaultPolicy, ...policy }
  const next = nextTransition(project, inForce, [], now)
  const text = writeAnswer({ project, next, policy: inForce, platformUrl }, language)
  return { kind: answerKindOf(project, next), text }
}

/** A state, the answer that it gets, and what must and must not stand in it in English and French. */
interface Case {
  readonly project: Project
  readonly kind: AnswerKind
  readonly en: readonly string[]
  readonly fr: readonly string[]
  /** Whether it says that somebody can reactivate it. */
  readonly offersWaking: boolean
}

const deadline = {
  active: { en: 'Saturday 14 March 2026 at 12:00 UTC', fr: 'samedi 14 mars 2026 à 12:00 UTC' },
  inactive: { en: 'Saturday 14 March 2026 at 12:00 UTC', fr: 'samedi 14 mars 2026 à 12:00 UTC' },
}

const cases: Readonly<Record<string, Case>> = {
  'active, visited': {
    project: active,
    kind: 'active',
    en: ['Its last recorded activity was on Monday 9 March 2026 at 12:00 UTC', `${deadline.active.en} at the earliest`],
    fr: ['Sa dernière activité connue date du lundi 9 mars 2026 à 12:00 UTC', `${deadline.active.fr} au plus tôt`],
    offersWaking: false,
  },
  'active, never visited': {
    project: { ...active, createdAt: addDays(now, -2), lastTrafficAt: null },
    kind: 'active',
    en: ['created on Sunday 8 March 2026 at 12:00 UTC', 'Friday 13 March 2026 at 12:00 UTC at the earliest'],
    fr: ['créé le dimanche 8 mars 2026 à 12:00 UTC', 'vendredi 13 mars 2026 à 12:00 UTC au plus tôt'],
    offersWaking: false,
  },
  'active, exempt for a while': {
    project: { ...active, exemption: { until: addDays(now, 30) } },
    kind: 'active',
    en: ['exempted yours from this until Thursday 9 April 2026', 'put to sleep on Thursday 9 April 2026'],
    fr: ['exempté le vôtre jusqu’au jeudi 9 avril 2026', 'mis en veille le jeudi 9 avril 2026'],
    offersWaking: false,
  },
  'active, due': {
    project: { ...active, lastTrafficAt: addDays(now, -6) },
    kind: 'activeDue',
    en: ['ended on Monday 9 March 2026 at 12:00 UTC', 'at any moment'],
    fr: ['achevé le lundi 9 mars 2026 à 12:00 UTC', 'à tout instant'],
    offersWaking: true,
  },
  'active, paid': {
    project: { ...active, planKind: 'paid' },
    kind: 'activePaid',
    en: ['never put to sleep'],
    fr: ['jamais mis en veille'],
    offersWaking: false,
  },
  'active, lapsed': {
    project: { ...active, planKind: 'lapsed' },
    kind: 'activeLapsed',
    en: ['cancelled or has expired', 'renew'],
    fr: ['résiliée ou a expiré', 'Renouvelez'],
    offersWaking: false,
  },
  'active, exempt for good': {
    project: { ...active, exemption: { until: null } },
    kind: 'activeExempt',
    en: ['We have exempted it'],
    fr: ['Nous l’avons exempté'],
    offersWaking: false,
  },
  inactive: {
    project: inactive,
    kind: 'inactive',
    en: [
      'asleep since Saturday 7 March 2026 at 12:00 UTC',
      `${deadline.inactive.en} at the earliest`,
      'Nothing is lost',
    ],
    fr: ['veille depuis le samedi 7 mars 2026 à 12:00 UTC', `${deadline.inactive.fr} au plus tôt`, 'Rien n’est perdu'],
    offersWaking: true,
  },
  'inactive, due': {
    project: { ...inactive, deactivatedAt: addDays(now, -8) },
    kind: 'inactiveDue',
    en: ['Please act now', 'ended on Monday 9 March 2026 at 12:00 UTC'],
    fr: ['sans attendre', 'achevé le lundi 9 mars 2026 à 12:00 UTC'],
    offersWaking: true,
  },
  'inactive, paid': {
    project: { ...inactive, planKind: 'paid' },
    kind: 'asleepPaid',
    en: ['will not be permanently disabled', 'not put to sleep again while the team is on a paid plan'],
    fr: ['ne sera pas désactivé définitivement', 'n’est plus mis en veille'],
    offersWaking: true,
  },
  'inactive, lapsed': {
    project: { ...inactive, planKind: 'lapsed' },
    kind: 'asleepLapsed',
    en: ['for the time being it will not be permanently disabled'],
    fr: ['pour l’instant, il ne sera pas désactivé définitivement'],
    offersWaking: true,
  },
  'inactive, exempt for good': {
    project: { ...inactive, exemption: { until: null } },
    kind: 'asleepExempt',
    en: ['We have exempted it'],
    fr: ['Nous l’avons exempté'],
    offersWaking: true,
  },
  'inactive since nobody knows when': {
    project: { ...inactive, deactivatedAt: null },
    kind: 'asleepUndated',
    en: ['It is asleep. On the free plan'],
    fr: ['Il est en veille. Avec l’offre gratuite'],
    offersWaking: true,
  },
  'inactive, and nobody owns it': {
    project: { ...inactive, ...orphan },
    kind: 'sleepsForNobody',
    en: ['neither you nor we can reactivate it', `${deadline.inactive.en} at the earliest`],
    fr: ['ni vous ni nous ne pouvons le réactiver', `${deadline.inactive.fr} au plus tôt`],
    offersWaking: false,
  },
  'inactive, paid, and nobody owns it': {
    project: { ...inactive, ...orphan, planKind: 'paid' },
    kind: 'asleepForNobody',
    en: ['neither you nor we can reactivate it', 'will not be permanently disabled by itself'],
    fr: ['ni vous ni nous ne pouvons le réactiver', 'ne sera pas désactivé définitivement de lui-même'],
    offersWaking: false,
  },
  'permanently disabled': {
    project: { ...inactive, status: 'permanently_disabled' },
    kind: 'final',
    en: ['permanently disabled on Saturday 7 March 2026 at 12:00 UTC', 'this is final', 'create a new project'],
    fr: ['désactivé définitivement le samedi 7 mars 2026 à 12:00 UTC', 'c’est sans retour', 'créez un nouveau projet'],
    offersWaking: false,
  },
  paused: {
    project: { ...active, status: 'paused' },
    kind: 'paused',
    en: ['It is paused', 'neither put to sleep nor disabled'],
    fr: ['Il est en pause', 'ni mis en veille ni désactivés'],
    offersWaking: false,
  },
  deleted: {
    project: { ...active, status: 'deleted' },
    kind: 'deleted',
    en: ['neither you nor we can bring it back'],
    fr: ['ni vous ni nous ne pouvons le faire revenir'],
    offersWaking: false,
  },
  'of a deleted team': {
    project: { ...inactive, isTeamDeleted: true },
    kind: 'teamDeleted',
    en: ['Its team was deleted'],
    fr: ['Son équipe a été supprimée'],
    offersWaking: false,
  },
}

const waking = {
  en: /An owner or admin of the team can reactivate|an owner or admin of the team can reactivate it on/,
  fr: /[Uu]n propriétaire ou un admin de l’équipe peut le réactiver (à tout moment|sur)/,
}

describe.each(Object.entries(cases))(
  'the answer for a project that is %s',
  (_name, { project, kind, offersWaking, ...parts }) => {
    it.each(['en', 'fr'] as const)('is polite and exact in %s', (language) => {
      const answer = write(project, language)
      expect(answer.kind).toBe(kind)
      for (const part of parts[language]) expect(answer.text).toContain(part)
      expect(answer.text).toMatch(
        language === 'en' ? /^Hello,\n\n.*\n\nKind regards$/s : /^Bonjour,\n\n.*\n\nCordialement$/s,
      )
      expect(answer.text).toContain(
        language === 'en'
          ? 'your project “shop” (team “Ada’s team”)'
          : 'votre projet «\u00a0shop\u00a0» (équipe «\u00a0Ada’s team\u00a0»)',
      )
      expect(answer.text).not.toMatch(/undefined|null|NaN| {2}|\.\.|! /)
      expect(waking[language].test(answer.text)).toBe(offersWaking)
    })
  },
)

describe('an answer', () => {
  it('names the project’s page where the platform’s address is known', () => {
    expect(write(inactive, 'en', {}, 'https://app.example').text).toContain(
      'on its page: https://app.example/ada/projects/shop.',
    )
    expect(write({ ...inactive, teamSlug: null }, 'fr', {}, 'https://app.example').text).toContain(
      'sur sa page : https://app.example/.',
    )
  })

  it('repeats its dates in the zone of the policy', () => {
    expect(write(inactive, 'fr', { mailZone: 'Europe/Paris' }).text).toContain(
      'samedi 14 mars 2026 à 12:00 UTC (samedi 14 mars 2026 à 13:00, Europe/Paris)',
    )
  })

  it('keeps a hostile name on its line, and as it reads', () => {
    const name = 'a\r\nBcc: all@example.com\u202egpj'
    expect(write({ ...active, name }, 'en').text).toContain('“a Bcc: all@example.comgpj”')
    expect(write({ ...active, name: '\u202e' }, 'en').text).toContain('“beef”')
  })

  it('counts in its language', () => {
    expect(write(active, 'en', { inactiveAfterDays: 1, mailZone: 'UTC' }).text).toContain('for 1 day is')
    expect(write(active, 'fr', { inactiveAfterDays: 1 }).text).toContain('pendant 1 jour est')
  })
})
