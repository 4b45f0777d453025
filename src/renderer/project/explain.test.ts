import { describe, expect, it } from 'vitest'
import { addDays } from '../../core/instant.ts'
import { nextTransition } from '../../core/lifecycle.ts'
import { defaultPolicy } from '../../core/policy.ts'
import type { ProjectFacts } from '../../core/project.ts'
import type { TimelineEvent } from '../../core/queries/timeline.ts'
import type { BlindSpell } from '../../core/watch/deadline.ts'
import { en } from '../i18n/en.ts'
import { createFormats } from '../i18n/formats.ts'
import { fr } from '../i18n/fr.ts'
import { explainNext } from './explain.ts'

const now = '2026-03-10T12:00:00.000Z'
const formats = createFormats('en-GB', 'UTC')
const french = createFormats('fr-FR', 'UTC')

const active: ProjectFacts = {
  status: 'active',
  planKind: 'free',
  isTeamDeleted: false,
  createdAt: addDays(now, -100),
  lastTrafficAt: addDays(now, -1),
  deactivatedAt: null,
  exemption: null,
}
const inactive: ProjectFacts = { ...active, status: 'inactive', deactivatedAt: addDays(now, -3) }

function explain(
  facts: ProjectFacts,
  events: readonly TimelineEvent[] = [],
  spells: readonly BlindSpell[] = [],
): string {
  const project = { ...facts, timeline: { events, next: null } }
  return explainNext(project, nextTransition(facts, defaultPolicy, spells, now), defaultPolicy, en.project, formats)
}

/** Locale data uses several kinds of spaces; which one is not ours to say. */
function explainInFrench(facts: ProjectFacts): string {
  const next = nextTransition(facts, defaultPolicy, [], now)
  const told = explainNext({ ...facts, timeline: { events: [], next: null } }, next, defaultPolicy, fr.project, french)
  return told.replace(/[\u00a0\u202f]/g, ' ')
}

describe('the reason in French', () => {
  it.each<[string, ProjectFacts, string]>([
    [
      'of an active project',
      active,
      'Le dernier trafic date du 9 mars 2026, 12:00. Dans l’offre gratuite, un projet devient inactif après 5 jours sans trafic.',
    ],
    [
      'of one that is due',
      { ...active, lastTrafficAt: addDays(now, -6) },
      'Le dernier trafic date du 4 mars 2026, 12:00. Cela dépasse les 5 jours de l’offre gratuite : le prochain balayage le met en sommeil.',
    ],
    [
      'of one that was never visited',
      { ...active, createdAt: addDays(now, -2), lastTrafficAt: null },
      'Il a été créé le 8 mars 2026, 12:00 et n’a jamais été visité. Dans l’offre gratuite, un projet devient inactif après 5 jours sans trafic.',
    ],
    [
      'of an inactive project',
      inactive,
      'Inactif depuis le 7 mars 2026, 12:00. Si personne ne le réactive, il est désactivé définitivement 7 jours après.',
    ],
    [
      'of an inactive one that is due',
      { ...inactive, deactivatedAt: addDays(now, -8) },
      'Inactif depuis le 2 mars 2026, 12:00. Cela dépasse 7 jours : le prochain balayage le désactive définitivement, à moins qu’on le réactive avant.',
    ],
    [
      'of one that is exempt for a while',
      { ...active, lastTrafficAt: addDays(now, -6), exemption: { until: addDays(now, 2) } },
      'Le dernier trafic date du 4 mars 2026, 12:00. Dans l’offre gratuite, un projet devient inactif après 5 jours sans trafic. Il est exempté jusqu’au 12 mars 2026, 12:00 UTC.',
    ],
    [
      'of a permanently disabled one',
      { ...inactive, status: 'permanently_disabled' },
      'Il a été désactivé définitivement le 7 mars 2026, 12:00. C’est sans retour.',
    ],
    ['of a paused one', { ...active, status: 'paused' }, fr.project.rest.paused],
    ['of a deleted one', { ...active, status: 'deleted' }, fr.project.rest.deleted],
    ['of one whose team was deleted', { ...active, isTeamDeleted: true }, fr.project.rest.team_deleted],
    ['of one on a paid plan', { ...active, planKind: 'paid' }, fr.project.rest.paid_plan],
    ['of one on a lapsed plan', { ...active, planKind: 'lapsed' }, fr.project.rest.lapsed_plan],
    ['of one that is exempt for good', { ...active, exemption: { until: null } }, fr.project.rest.exempt],
    [
      'of an inactive one on a lapsed plan',
      { ...inactive, planKind: 'lapsed' },
      `${fr.project.rest.lapsed_plan} Il reste inactif jusqu’à ce qu’on le réactive.`,
    ],
    [
      'of one that is inactive since nobody knows when',
      { ...inactive, deactivatedAt: null },
      `${fr.project.rest.deactivation_unknown} Il reste inactif jusqu’à ce qu’on le réactive.`,
    ],
  ])('%s', (_name, facts, sentence) => {
    expect(explainInFrench(facts)).toBe(sentence)
  })
})

describe('the reason in words', () => {
  it.each([
    [
      'of an active project',
      active,
      'The last traffic was on 9 Mar 2026, 12:00. On the free plan a project becomes inactive after 5 days without traffic.',
    ],
    [
      'of one that is due',
      { ...active, lastTrafficAt: addDays(now, -6) },
      'The last traffic was on 4 Mar 2026, 12:00. That is over the 5 days of the free plan: the next sweep puts it to sleep.',
    ],
    [
      'of one that was never visited',
      { ...active, createdAt: addDays(now, -2), lastTrafficAt: null },
      'It was created on 8 Mar 2026, 12:00 and never visited. On the free plan a project becomes inactive after 5 days without traffic.',
    ],
    [
      'of an inactive project',
      inactive,
      'Inactive since 7 Mar 2026, 12:00. If nobody reactivates it, it is permanently disabled 7 days after that.',
    ],
    [
      'of an inactive one on a paid plan',
      { ...inactive, planKind: 'paid' as const },
      'Its team is on a paid plan. Paid plans are never touched. It stays inactive until somebody reactivates it.',
    ],
    [
      'of an inactive one that is due',
      { ...inactive, deactivatedAt: addDays(now, -8) },
      'Inactive since 2 Mar 2026, 12:00. That is over 7 days: the next sweep disables it permanently, unless somebody reactivates it first.',
    ],
    ['of a paused one', { ...active, status: 'paused' as const }, en.project.rest.paused],
    ['of a deleted one', { ...active, status: 'deleted' as const }, en.project.rest.deleted],
    ['of one whose team was deleted', { ...active, isTeamDeleted: true }, en.project.rest.team_deleted],
    ['of one on a paid plan', { ...active, planKind: 'paid' as const }, en.project.rest.paid_plan],
    ['of one on a lapsed plan', { ...active, planKind: 'lapsed' as const }, en.project.rest.lapsed_plan],
    ['of one that is exempt for good', { ...active, exemption: { until: null } }, en.project.rest.exempt],
    [
      'of one that is inactive since nobody knows when',
      { ...inactive, deactivatedAt: null },
      `${en.project.rest.deactivation_unknown} It stays inactive until somebody reactivates it.`,
    ],
    [
      'of one that is exempt for a while',
      { ...active, lastTrafficAt: addDays(now, -6), exemption: { until: addDays(now, 2) } },
      'The last traffic was on 4 Mar 2026, 12:00. On the free plan a project becomes inactive after 5 days without traffic. It is exempt until 12 Mar 2026, 12:00 UTC.',
    ],
    [
      'of a permanently disabled one',
      { ...inactive, status: 'permanently_disabled' as const },
      'It was permanently disabled on 7 Mar 2026, 12:00. This is final.',
    ],
    [
      'of a permanently disabled one that has no date',
      { ...inactive, status: 'permanently_disabled' as const, deactivatedAt: null },
      'Permanently disabled. This is final.',
    ],
  ])('%s', (_name, facts, sentence) => {
    expect(explain(facts)).toBe(sentence)
  })

  it('of one whose deadline is later since nobody watched', () => {
    const spell = { from: '2026-03-09T22:00:00.000Z', to: '2026-03-10T01:20:00.000Z' }
    expect(explain(active, [], [spell])).toMatch(
      /The deadline is extended by 3 hrs 20 mins: nobody watched meanwhile\.$/,
    )
    expect(explain({ ...active, lastTrafficAt: spell.to }, [], [spell])).not.toMatch(/extended/)
  })

  it('of one that was woken and not visited since counts from then', () => {
    const woken: TimelineEvent = {
      id: 1,
      at: now,
      kind: 'reactivated',
      runId: null,
      actor: 'vigie',
      entry: 'console',
      machine: 'desk',
      version: '0.1.0',
      onBehalfOf: null,
      reason: 'Asked for',
      before: null,
      after: { lastTrafficAt: active.lastTrafficAt },
      bulkOthers: null,
      mailTo: [],
      mails: [],
    }
    expect(explain(active, [woken])).toMatch(/^It was reactivated on 9 Mar 2026, 12:00 and had no traffic since\. /)
  })
})
