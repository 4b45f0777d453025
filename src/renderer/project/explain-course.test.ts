import { describe, expect, it } from 'vitest'
import { addDays } from '../../core/instant.ts'
import { nextTransition } from '../../core/lifecycle.ts'
import { defaultPolicy, type Policy } from '../../core/policy.ts'
import type { ProjectFacts } from '../../core/project.ts'
import type { TeamPerson } from '../../core/queries/project.ts'
import type { Prospect } from '../../core/queries/prospect.ts'
import type { BlindSpell } from '../../core/watch/deadline.ts'
import { en } from '../i18n/en.ts'
import { createFormats } from '../i18n/formats.ts'
import { fr } from '../i18n/fr.ts'
import { explainCourse } from './explain-course.ts'

const now = '2026-03-10T12:00:00.000Z'
const tick = '2026-03-15T02:00:00.000Z'
const owner: TeamPerson = { userId: 1, name: 'Ada', email: 'ada@example.com', role: 'owner', isDeleted: false }

const active: ProjectFacts & { teamId: string; people: TeamPerson[] } = {
  status: 'active',
  planKind: 'free',
  isTeamDeleted: false,
  createdAt: addDays(now, -100),
  lastTrafficAt: addDays(now, -1),
  deactivatedAt: null,
  exemption: null,
  teamId: 'a1',
  people: [owner],
}
const inactive = { ...active, status: 'inactive' as const, deactivatedAt: addDays(now, -3) }
const free: Prospect = { tick, missed: null, pausedAt: null, hold: null }

interface Situation {
  readonly project?: typeof active
  readonly policy?: Partial<Policy>
  readonly prospect?: Prospect | undefined
  readonly spells?: readonly BlindSpell[]
}

function explain(situation: Situation, language: 'en' | 'fr' = 'en'): string {
  const { project = active, spells = [] } = situation
  const prospect = 'prospect' in situation ? situation.prospect : free
  const policy = { ...defaultPolicy, sweepMode: 'on' as const, ...situation.policy }
  const next = nextTransition(project, policy, spells, now)
  const { course } = (language === 'en' ? en : fr).panel
  const formats = createFormats(language === 'en' ? 'en-GB' : 'fr-FR', 'UTC')
  return explainCourse({ project, next, policy, spells, prospect }, course, formats).join(' ')
}

const night = 'The first unattended sweep that takes it is due on 15 Mar 2026, 02:00.'
const nuit = 'Le premier balayage automatique qui le prend est prévu le 15 mars 2026, 02:00.'

describe('by whom and when', () => {
  it.each<[string, Situation, string, string]>([
    ['on', {}, night, nuit],
    [
      'off',
      { policy: { sweepMode: 'off' }, prospect: { ...free, tick: null } },
      'Unattended sweeps are off: it happens only when a person runs a sweep.',
      'Les balayages automatiques sont désactivés : cela n’arrive que si une personne lance un balayage.',
    ],
    [
      'observe',
      { policy: { sweepMode: 'observe' } },
      'Unattended sweeps only observe: the one of 15 Mar 2026, 02:00 will list it and change nothing. It happens only when a person runs a sweep.',
      'Les balayages automatiques ne font qu’observer : celui du 15 mars 2026, 02:00 le citera sans rien changer. Cela n’arrive que si une personne lance un balayage.',
    ],
    [
      'canary, of another team',
      { policy: { sweepMode: 'canary', canaryTeamIds: ['b2'] } },
      'Unattended sweeps touch canary teams only, and its team is none of them: it happens only when a person runs a sweep.',
      'Les balayages automatiques ne touchent que les équipes pilotes, dont la sienne ne fait pas partie : cela n’arrive que si une personne lance un balayage.',
    ],
    ['canary, of its team', { policy: { sweepMode: 'canary', canaryTeamIds: ['a1'] } }, night, nuit],
    [
      'paused, whatever the mode',
      { policy: { sweepMode: 'observe' }, prospect: { ...free, pausedAt: now } },
      'Sweeps have been paused since 10 Mar 2026, 12:00: nothing happens to it until somebody resumes them.',
      'Les balayages sont en pause depuis le 10 mars 2026, 12:00 : rien ne lui arrive tant que personne n’y met fin.',
    ],
    [
      'held, to be put to sleep',
      { prospect: { ...free, hold: { runId: 7, createdAt: now, isExpired: false } } },
      `Sweep 7 is held with this project on its list: released, it puts it to sleep. ${night}`,
      `Le balayage 7 est retenu avec ce projet sur sa liste : s’il est libéré, il le met en sommeil. ${nuit}`,
    ],
    [
      'held, to be disabled',
      { project: inactive, prospect: { ...free, hold: { runId: 7, createdAt: now, isExpired: false } } },
      `Sweep 7 is held with this project on its list: released, it disables it permanently. ${night}`,
      `Le balayage 7 est retenu avec ce projet sur sa liste : s’il est libéré, il le désactive définitivement. ${nuit}`,
    ],
    [
      'held for too long',
      { prospect: { ...free, hold: { runId: 7, createdAt: now, isExpired: true } } },
      `Sweep 7, which had it on its list, is held for too long to be released. ${night}`,
      `Le balayage 7, qui l’avait sur sa liste, est retenu depuis trop longtemps pour être libéré. ${nuit}`,
    ],
    [
      'lapsed, where the policy sweeps that',
      { project: { ...active, planKind: 'lapsed' }, policy: { isLapsedPaidSwept: true } },
      `Its paid plan has lapsed, and by the policy lapsed plans are swept like the free one. ${night}`,
      `Son offre payante est échue, et selon les règles les offres échues sont balayées comme l’offre gratuite. ${nuit}`,
    ],
    [
      'unwatched at the moment',
      { spells: [{ from: addDays(now, -0.5), to: null }] },
      `Nobody watches its traffic at the moment: the deadline moves on as long as that lasts. ${night}`,
      `Personne n’observe son trafic en ce moment : l’échéance recule tant que cela dure. ${nuit}`,
    ],
    [
      'of a team whose owner’s account is deleted',
      { project: { ...active, people: [{ ...owner, isDeleted: true }] } },
      `${night} Its team has no owner or admin with an account: once asleep, it could not be reactivated on anybody’s behalf.`,
      `${nuit} Son équipe n’a ni propriétaire ni admin avec un compte : une fois en sommeil, il ne pourrait être réactivé au nom de personne.`,
    ],
    [
      'on, but missed by moments',
      { prospect: { ...free, missed: '2026-03-14T12:00:00.000Z' } },
      'It will be due just after the unattended sweep of 14 Mar 2026, 12:00: the first that takes it is that of 15 Mar 2026, 02:00.',
      'L’échéance tombe juste après le balayage automatique du 14 mars 2026, 12:00 : le premier qui le prend est celui du 15 mars 2026, 02:00.',
    ],
    ['not known yet', { prospect: undefined }, '', ''],
  ])('%s', (_name, situation, english, french) => {
    expect(explain(situation)).toBe(english)
    expect(explain(situation, 'fr').replace(/[\u00a0\u202f]/g, ' ')).toBe(french)
  })

  it.each<[string, Partial<typeof active>]>([
    ['paused', { status: 'paused' }],
    ['deleted', { status: 'deleted' }],
    ['permanently disabled', { status: 'permanently_disabled' }],
    ['of a deleted team', { isTeamDeleted: true }],
    ['on a paid plan', { planKind: 'paid' }],
    ['on a lapsed plan that is protected', { planKind: 'lapsed' }],
    ['exempt for good', { exemption: { until: null } }],
    ['inactive since nobody knows when', { status: 'inactive', deactivatedAt: null }],
  ])('nobody comes to one that is %s', (_name, facts) => {
    expect(explain({ project: { ...active, ...facts } })).toBe('')
  })
})
