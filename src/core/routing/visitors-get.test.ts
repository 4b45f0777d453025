import { expect, it } from 'vitest'
import { type EdgeState, type HostnameState, tellVisitorsGet } from './visitors-get.ts'

const project: EdgeState = { status: 'active', edges: 2, confirmed: 0, blocking: 0, stopped: 0 }
const own: HostnameState = { isRouted: true, takenBy: null }
const asleep: EdgeState = { ...project, status: 'inactive', confirmed: 2, blocking: 2 }

it.each([
  ['an active project is served', project, own, { kind: 'served' }],
  [
    'a woken one waits for its containers first',
    { ...project, stopped: 1, blocking: 2 },
    own,
    { kind: 'waitingForContainers' },
  ],
  ['then edge by edge for its routes', { ...project, blocking: 1 }, own, { kind: 'beingServed', freed: 1, edges: 2 }],
  ['a sleeping one is blocked for now', asleep, own, { kind: 'blocked', status: 503 }],
  ['a disabled one for good', { ...asleep, status: 'permanently_disabled' }, own, { kind: 'blocked', status: 410 }],
  [
    'once every edge has confirmed this deactivation',
    { ...asleep, confirmed: 1 },
    own,
    { kind: 'beingBlocked', status: 503, confirmed: 1, edges: 2 },
  ],
  ['without an edge nobody blocks it', { ...asleep, edges: 0, confirmed: 0, blocking: 0 }, own, { kind: 'notBlocked' }],
  [
    'a hostname of another project is that one’s',
    asleep,
    { isRouted: false, takenBy: { projectId: 'b', projectName: 'B' } },
    { kind: 'elsewhere', projectId: 'b', projectName: 'B' },
  ],
  ['what leads nowhere is not blocked either', asleep, { ...own, isRouted: false }, { kind: 'unrouted' }],
  ['paused projects are the platform’s', { ...project, status: 'paused' }, own, { kind: 'platform' }],
  ['deleted ones too', { ...project, status: 'deleted' }, own, { kind: 'platform' }],
] as const)('%s', (_case, state, hostname, expected) => {
  expect(tellVisitorsGet(state, hostname)).toEqual(expected)
})
