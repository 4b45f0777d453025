import type { RestReason } from '../../core/lifecycle.ts'
import type { DomainStatus } from '../../core/queries/project.ts'
import type { EventKind } from '../../core/queries/timeline.ts'
import { english } from './counting.ts'

const { count, number } = english

const rest: Record<RestReason, string> = {
  paused: 'Paused by the platform. Vigie never touches paused projects.',
  deleted: 'Deleted on the platform. Vigie never touches deleted projects.',
  final: 'Permanently disabled. This is final.',
  team_deleted: 'Its team was deleted. Vigie never touches the projects of deleted teams.',
  paid_plan: 'Its team is on a paid plan. Paid plans are never touched.',
  lapsed_plan: 'Its team’s paid plan is cancelled or expired. Lapsed plans are protected and never swept.',
  exempt: 'Exempt for good: sweeps leave it alone.',
  deactivation_unknown: 'Nobody knows since when it is inactive, so it is not permanently disabled by itself.',
}

const restShort: Record<RestReason, string> = {
  paused: 'Paused',
  deleted: 'Deleted',
  final: 'Final',
  team_deleted: 'Team deleted',
  paid_plan: 'Paid plan',
  lapsed_plan: 'Lapsed plan',
  exempt: 'Exempt',
  deactivation_unknown: 'Date unknown',
}

const events: Record<EventKind, string> = {
  deactivated: 'Put to sleep',
  permanently_disabled: 'Permanently disabled',
  reactivated: 'Reactivated',
  reverted: 'Taken back',
  changed_outside: 'Changed outside Vigie',
  woken_by_upgrade: 'Woken by an upgrade',
  warned: 'Owner warned',
  exempted: 'Exempted',
  exemption_ended: 'Exemption ended',
  exemption_expired: 'Exemption over',
  note: 'Note',
  blocked: 'Hostnames blocked',
  unblocked: 'Hostnames served again',
  hostname_left: 'Hostname left to another project',
  containers_stopped: 'Containers stopped',
  containers_started: 'Containers started',
  containers_removed: 'Containers removed',
  container_failed: 'Container not reached',
  reachable: 'Reachable',
  unreachable: 'Not reachable',
}

const containerActions: Readonly<Record<string, string>> = {
  stop: 'not stopped yet',
  start: 'not started yet',
  remove: 'not removed yet',
  clean: 'not removed yet',
}

const domainStatus: Record<DomainStatus, string> = {
  pending: 'Pending',
  active: 'Active',
  disabled: 'Disabled',
  failed: 'Failed',
}

export const enProject = {
  title: 'Project',
  close: 'Close the project',
  next: 'What happens next',
  rest,
  restShort,
  finalSince: (when: string) => `It was permanently disabled on ${when}. This is final.`,
  sinceTraffic: (when: string) => `The last traffic was on ${when}.`,
  sinceReactivation: (when: string) => `It was reactivated on ${when} and had no traffic since.`,
  neverVisited: (when: string) => `It was created on ${when} and never visited.`,
  becomesInactive: (days: number) =>
    `On the free plan a project becomes inactive after ${count(days, 'day', 'days')} without traffic.`,
  overInactive: (days: number) =>
    `That is over the ${count(days, 'day', 'days')} of the free plan: the next sweep puts it to sleep.`,
  inactiveSince: (when: string) => `Inactive since ${when}.`,
  becomesDisabled: (days: number) =>
    `If nobody reactivates it, it is permanently disabled ${count(days, 'day', 'days')} after that.`,
  overDisabled: (days: number) =>
    `That is over ${count(days, 'day', 'days')}: the next sweep disables it permanently, unless somebody reactivates it first.`,
  extended: (time: string) => `The deadline is extended by ${time}: nobody watched meanwhile.`,
  exemptUntil: (when: string) => `It is exempt until ${when}.`,
  inactiveOnPaid: 'It stays inactive until somebody reactivates it.',
  toInactive: 'Due to be put to sleep in',
  toDisabled: 'Due to be permanently disabled in',
  dueForInactive: 'Due to be put to sleep since',
  dueForDisabled: 'Due to be permanently disabled since',
  atFirstSweep: (when: string) => `At the first sweep from ${when}`,
  facts: 'Facts',
  team: 'Team',
  teamProjects: 'Its projects',
  teamDeleted: 'deleted',
  plan: 'Plan',
  repository: 'Repository',
  id: 'Id',
  created: 'Created',
  lastTraffic: 'Last traffic',
  never: 'Never',
  deactivatedAt: 'Inactive since',
  disabledAt: 'Disabled on',
  reactivations: 'Reactivations',
  reactivationCount: (times: number) => (times === 0 ? 'None' : count(times, 'time', 'times')),
  people: 'Owners and admins',
  roles: { owner: 'owner', admin: 'admin', member: 'member' },
  personDeleted: 'account deleted',
  domains: 'Domains',
  noDomains: 'No domain of its own.',
  subdomains: 'Platform hostnames',
  redirect: (code: string) => `Redirect ${code}`,
  domainStatus,
  domainReturns: 'returns on reactivation',
  domainTaken: 'active on another project',
  timeline: 'Activity',
  events,
  noEvents: 'Nothing has happened to it since Vigie began to watch.',
  createdEvent: 'Created',
  by: (actor: string, entry: string, machine: string) => `by ${actor}, ${entry} on ${machine}`,
  noticedBy: (entry: string, machine: string) => `noticed by ${entry} on ${machine}`,
  becomes: (from: string, to: string) => `${from} → ${to}`,
  planBecomes: (from: string, to: string) => `Plan: ${from} → ${to}`,
  redated: 'The date of its deactivation was changed',
  recounted: (times: number) => `${count(times, 'reactivation', 'reactivations')} by now`,
  clockRestarted: 'Its clock restarts',
  takesBack: (runId: number) => `Takes back sweep ${runId}`,
  onBehalfOf: 'On behalf of',
  userNumber: (id: number) => `user ${id}`,
  reasons: { no_traffic: 'No traffic', still_inactive: 'Still inactive' } as Readonly<Record<string, string>>,
  lastActivityWas: (when: string) => `last activity ${when}`,
  domainsDisabled: (domains: number) => `${count(domains, 'domain', 'domains')} disabled`,
  domainsRestored: (domains: number) => `${count(domains, 'domain', 'domains')} restored`,
  domainsLeft: (hostnames: string) => `left with another project: ${hostnames}`,
  containers: (containers: number) => count(containers, 'container', 'containers'),
  containersUpAfter: (seconds: number) => `after ${number(seconds)} s`,
  containerProblem: (containers: number, action: string, code: string) => {
    const what = count(containers, 'container', 'containers')
    if (code === 'CONTAINER_GONE') return `${what} gone from the engine`
    if (code === 'CONTAINER_FOREIGN') return `${what} without the platform’s labels: left alone`
    return `${what} ${containerActions[action] ?? 'not dealt with yet'} (${code}), tried again`
  },
  hostnamesBlocked: (hostnames: number) => count(hostnames, 'hostname', 'hostnames'),
  reachableAfter: (hostname: string, seconds: string) => `${hostname} after ${seconds} s`,
  inRun: (runId: number) => `Sweep ${runId}`,
  reactivate: {
    title: 'Reactivate',
    action: 'Reactivate',
    running: 'Reactivating…',
    onBehalfOf: 'On behalf of',
    choose: 'Choose an owner or admin',
    person: (name: string, role: string) => `${name} (${role})`,
    reason: 'Reason',
    reasonPlaceholder: 'Why is it woken? It is kept on the project’s timeline.',
    reasonMissing: 'Say in a few words why.',
    reasonTooLong: (max: number) => `At most ${number(max)} characters.`,
    personMissing: 'Choose on whose behalf.',
    effectDomains: (hostnames: string) => `It becomes active again and gets back ${hostnames}.`,
    effectNoDomains: 'It becomes active again; no domain has to return.',
    effectLeft: (hostnames: string) => `Not ${hostnames}: another project has it now.`,
    effectClock: (days: number) =>
      `Its clock restarts: without traffic it is put to sleep again after ${count(days, 'day', 'days')}.`,
    effectNoClock: 'On its plan it is not put to sleep again.',
    firstVersion: 'It has been asleep since the platform’s first version: all its disabled domains return.',
    moreHostnames: (hostnames: string, more: number) => `${hostnames} and ${number(more)} more`,
    done: 'The project is active again.',
    doneFor: (person: string) => `On behalf of ${person}.`,
    restored: (domains: number) =>
      domains === 0 ? 'No domain had to return.' : `${count(domains, 'domain', 'domains')} returned.`,
    left: (hostnames: string) => `Left with another project: ${hostnames}.`,
    wasFirstVersion: 'It had been asleep since the platform’s first version: all its disabled domains returned.',
    notFor: {
      active: 'There is nothing to reactivate.',
      permanently_disabled: 'It can’t be reactivated.',
      paused: 'Only the platform can resume it.',
      deleted: 'It can’t be reactivated.',
    },
    teamDeleted: 'It can’t be reactivated: its team was deleted.',
    nobody: 'It can’t be reactivated: its team has no owner or admin with an account to act for.',
    readOnly: 'It can’t be reactivated here: the database is read-only.',
  },
}
