import { expect, it } from 'vitest'
import type { Run } from '../../core/queries/runs.ts'
import { en } from '../i18n/en.ts'
import { describeCounts } from './describe-counts.ts'
import { offerTakeBack } from './take-back-offer.ts'

const sweep: Run = {
  id: 7,
  job: 'sweep',
  tick: null,
  isPreview: false,
  reason: null,
  revertsRunId: null,
  revertedByRunId: null,
  releasesRunId: null,
  releasedByRunId: null,
  hold: null,
  actor: 'vigie',
  entry: 'agent',
  machine: 'm',
  version: '1',
  startedAt: '2026-11-23T02:00:00.000Z',
  finishedAt: '2026-11-23T02:00:09.000Z',
  outcome: 'done',
  isCancelRequested: false,
  isStale: false,
  deactivated: 28,
  disabled: 11,
  mailsQueued: 40,
  containersRemoved: 0,
  skipped: 0,
  failed: 0,
  notTold: 0,
  failures: [],
  leftAlone: {},
  error: null,
}
const running = { ...sweep, outcome: null, finishedAt: null }

it.each([
  ['28 to sleep, 11 disabled, 40 mails', sweep],
  ['nothing', { ...sweep, deactivated: 0, disabled: 0 }],
  ['28 to sleep, 11 to disable', { ...sweep, isPreview: true }],
  ['', { ...sweep, outcome: 'held' as const }],
  [
    '40 to sleep, 2 to disable',
    { ...sweep, outcome: 'held' as const, hold: { id: 3, status: 'released' as const, deactivated: 40, disabled: 2 } },
  ],
  [
    '28 active, 11 inactive again, 5 left alone',
    { ...sweep, job: 'revert' as const, leftAlone: { gone: 2, changed: 3 } },
  ],
  ['', { ...sweep, job: 'counts' as const }],
])('a run is told as %j', (text, run) => {
  expect(describeCounts(run, en.runs)).toBe(text)
})

it('what changed something and has ended can be taken back, for the days of the policy', () => {
  const offer = (run: Run, now = '2026-12-01T00:00:00.000Z') => offerTakeBack(run, 30, now)
  expect(offer(sweep)).toBe('possible')
  expect(offer(sweep, '2026-12-23T02:00:08.000Z')).toBe('possible')
  expect(offer(sweep, '2026-12-23T02:00:09.000Z')).toBe('tooOld')
  expect(offer({ ...running, isStale: true })).toBe('possible')
  for (const run of [
    running,
    { ...sweep, isPreview: true },
    { ...sweep, outcome: 'held' as const },
    { ...sweep, job: 'revert' as const },
    { ...sweep, deactivated: 0, disabled: 0 },
  ]) {
    expect(offer(run)).toBe('none')
  }
})
