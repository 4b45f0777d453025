import { describe, expect, it } from 'vitest'
import { addDays } from '../../core/instant.ts'
import { nextTransition } from '../../core/lifecycle.ts'
import { defaultPolicy } from '../../core/policy.ts'
import type { ProjectFacts } from '../../core/project.ts'
import type { TimelineEvent } from '../../core/queries/timeline.ts'
import type { BlindSpell } from '../../core/watch/deadline.ts'
import { en } from '../i18n/en.ts'
import { createFormats } from '../i18n/formats.ts'
import { explainNext } from './explain.ts'

const now = '2026-03-10T12:00:00.000Z'
const formats = createFormats('en-GB', 'UTC')

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
      'of one that is exempt for a while',
      { ...active, lastTrafficAt: addDays(now, -6), exemption: { until: addDays(now, 2) } },
      'The last traffic was on 4 Mar 2026, 12:00. On the free plan a project becomes inactive after 5 days without traffic. It is exempt until 12 Mar 2026, 12:00 UTC.',
    ],
    [
      'of a permanently disabled one',
      { ...inactive, status: 'permanently_disabled' as const },
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
      mailTo: [],
      mails: [],
    }
    expect(explain(active, [woken])).toMatch(/^It was reactivated on 9 Mar 2026, 12:00 and had no traffic since\. /)
  })
})
