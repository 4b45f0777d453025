import type { ClientKind } from '../../core/traffic/client-kind.ts'
import type { ExclusionKind } from '../../core/traffic/exclusions.ts'
import type { IntakeKey } from '../../core/traffic/intake.ts'
import { english } from './counting.ts'

const { count, number } = english

const clients: Record<ClientKind, string> = {
  browser: 'a browser',
  program: 'a program',
  bot: 'a bot',
  monitor: 'a monitor',
  link_preview: 'a link preview',
  unknown: 'a client without a name',
}

const intakeKinds: Record<IntakeKey['kind'], string> = { access_log: 'access log', forward_auth: 'forward auth' }

const exclusionKinds: Record<ExclusionKind, string> = {
  user_agent: 'user agent',
  path: 'path',
  address: 'address range',
  list: 'ready list',
}

/** Of a project: who visits it, what visitors get, and what runs. */
export const enTraffic = {
  title: 'Traffic',
  chart: 'Hits per day',
  hits: (value: number) => count(value, 'hit', 'hits'),
  total: (hits: number, days: number, shown: number) =>
    hits === 0
      ? `No hit in the last ${count(shown, 'day', 'days')}.`
      : `${count(hits, 'hit', 'hits')} in the last ${count(shown, 'day', 'days')}, on ${number(days)} of them.`,
  most: (hits: number, day: string) => `Most on ${day}: ${number(hits)}.`,
  excludedToo: (hits: number) => `${count(hits, 'more was', 'more were')} excluded and did not count.`,
  dayOf: (day: string, hits: number, excluded: number) =>
    `${day}: ${count(hits, 'hit', 'hits')}${excluded === 0 ? '' : `, ${number(excluded)} excluded`}`,
  dayUnwatched: (day: string) => `${day}: nothing was counted`,
  became: {
    active: (day: string) => `Woken on ${day}`,
    inactive: (day: string) => `Put to sleep on ${day}`,
    permanently_disabled: (day: string) => `Permanently disabled on ${day}`,
  },
  excludedDays: 'Days with excluded hits',
  watchedSince: (when: string) => `Hits have been counted since ${when}.`,
  neverWatched: 'Hits per day are counted once an agent watches the traffic. None has yet.',
  lastCounted: 'Last counted hit',
  lastExcluded: 'Last excluded hit',
  noneCounted: 'None on record',
  noneExcluded: 'None',
  clients,
  intakeKinds,
  exclusionKinds,
  seenIn: (kind: string, machine: string) => `${kind} on ${machine}`,
  excludedBy: (kind: string, pattern: string) => `not counted: ${kind} “${pattern}”`,
  excludedByGone: 'not counted, by an exclusion that is no longer kept',
  excludedLater: 'What came after the last counted hit was excluded: it does not keep the project awake.',
  lasting: {
    access_log:
      'A connection that lasts (WebSocket, server-sent events) counts when it ends: that is when the access log tells of it.',
    forward_auth: 'A connection that lasts (WebSocket, server-sent events) counts when it opens.',
    both: 'A connection that lasts (WebSocket, server-sent events) counts when it opens where forward auth is asked, and when it ends where the access log is read.',
  },
  ownHostnames: 'Hostnames of deployments',
  gets: {
    served: 'Served',
    elsewhere: (name: string) => `Served by ${name}`,
    unrouted: 'Leads nowhere',
    platform: 'Up to the platform',
    blocked: (status: number) => `Blocked page (${status})`,
    beingBlocked: (confirmed: number, edges: number) =>
      `Being blocked: ${number(confirmed)} of ${count(edges, 'edge has', 'edges have')} confirmed`,
    notBlocked: 'Not blocked: no edge is enrolled',
    waitingForContainers: 'Waiting for containers',
    beingServed: (freed: number, edges: number) =>
      `Being served again: ${number(freed)} of ${count(edges, 'edge', 'edges')}`,
  },
  containers: 'Containers',
  noContainers: 'No container is on record.',
  containerStatus: { running: 'Running', stopped: 'Stopped', removed: 'Removed', unknown: 'Unknown' },
  stoppedSince: 'Stopped by Vigie',
  unreferenced: 'no alias leads to it',
  failed: (attempts: number) => `${count(attempts, 'attempt', 'attempts')} failed, the next is due`,
  moreContainers: (more: number) => `and ${number(more)} older`,
}
