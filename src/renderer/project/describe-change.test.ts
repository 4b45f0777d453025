import { expect, it } from 'vitest'
import type { TimelineEvent } from '../../core/queries/timeline.ts'
import { en } from '../i18n/en.ts'
import { fr } from '../i18n/fr.ts'
import { describeChange } from './describe-change.ts'

function event(
  kind: TimelineEvent['kind'],
  before: TimelineEvent['before'],
  after: TimelineEvent['after'],
): TimelineEvent {
  const from = { actor: 'vigie', entry: 'agent', machine: 'host', version: '0', onBehalfOf: null, reason: null }
  return {
    id: 1,
    at: '2026-03-01T12:00:00.000Z',
    kind,
    runId: null,
    ...from,
    before,
    after,
    bulkOthers: null,
    mailTo: [],
    mails: [],
  }
}

const was = { status: 'inactive', planKind: 'free', deactivatedAt: '2026-03-01T12:00:00.000000Z', reactivationCount: 0 }

it('a change outside is told by what differs, in both languages', () => {
  const woken = { ...was, status: 'active', deactivatedAt: null, reactivationCount: 1, lastTrafficAt: '2026-03-02' }
  expect(describeChange(event('changed_outside', was, woken), en)).toEqual([
    'Inactive → Active',
    '1 reactivation by now',
    'Its clock restarts',
  ])
  expect(describeChange(event('changed_outside', was, { ...was, planKind: 'paid' }), fr)).toEqual([
    'Offre : Gratuit → Payant',
  ])
})

it('a date that alone was changed is told as such', () => {
  const redated = { ...was, deactivatedAt: '2026-02-01T12:00:00.000000Z' }
  expect(describeChange(event('changed_outside', was, redated), en)).toEqual([en.project.redated])
})

it('a status that a newer Vigie wrote is shown as it is', () => {
  expect(describeChange(event('reverted', was, { ...was, status: 'napping' }), en)).toEqual(['Inactive → napping'])
})

it('what the kind of the event says already is not told again', () => {
  expect(describeChange(event('deactivated', was, { status: 'inactive' }), en)).toEqual([])
  expect(describeChange(event('woken_by_upgrade', was, { ...was, status: 'active', planKind: 'paid' }), en)).toEqual([])
})
