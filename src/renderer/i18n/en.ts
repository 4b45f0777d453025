import { english } from './counting.ts'
import { enAgents } from './en-agents.ts'
import { enBulk } from './en-bulk.ts'
import { enCharts } from './en-charts.ts'
import { enConnection } from './en-connection.ts'
import { enErrors } from './en-errors.ts'
import { enEverywhere } from './en-everywhere.ts'
import { enExclusions } from './en-exclusions.ts'
import { enExemption } from './en-exemption.ts'
import { enHold } from './en-hold.ts'
import { enList } from './en-list.ts'
import { enMail } from './en-mail.ts'
import { enPanel } from './en-panel.ts'
import { enPolicy } from './en-policy.ts'
import { enProject } from './en-project.ts'
import { enProgress, enReview, enWhatIf } from './en-review.ts'
import { enRuns } from './en-runs.ts'
import { enSweeps } from './en-sweeps.ts'
import { enTeam } from './en-team.ts'
import { enTraffic } from './en-traffic.ts'

const { count, number } = english

/** All words of the console, in English. The French ones have the same type. */
export const en = {
  shell: {
    navigation: 'Main',
    skip: 'Skip to content',
    overview: 'Overview',
    projects: 'Projects',
    sweeps: 'Sweeps',
    mail: 'Mail',
    policy: 'Policy',
    agents: 'Agents',
    team: 'Team',
    nowhere: 'Not found',
    nowhereTitle: 'There is no such page.',
    toOverview: 'To the overview',
    broken: 'This part of Vigie could not be shown. Load the page again; if that does not help, copy the details.',
    reload: 'Load the page again',
    ignored: (names: string) => `Vigie does not know this part of the address, and leaves it out: ${names}.`,
    leaveOut: 'Got it',
    version: (version: string) => `Vigie ${version}`,
    otherLanguage: 'Français',
    database: 'Database',
    embedded: 'Embedded database',
    login: (login: string, version: string) => `Signed in as ${login}, PostgreSQL ${version}`,
    sample: 'Sample data',
    sampleHint: 'A made-up platform to look at. Set DATABASE_URL to work on a real one.',
    readOnly: 'Read-only',
    readOnlyHint: 'The database takes no changes: connect to the writable server to change something.',
    live: 'Live',
    liveHint: 'Changes appear as they happen.',
    connecting: 'Reconnecting',
    connectingHint: 'Changes do not arrive at the moment; Vigie tries again by itself.',
    away: 'No connection',
  },
  state: {
    opening: 'Connecting to the database…',
    loading: 'Loading…',
    refreshing: 'Refreshing…',
    waiting: 'Nothing to show until the database answers.',
    retry: 'Try again',
    trying: 'Vigie tries again every 3 seconds.',
    code: 'Code',
    back: 'Back to the list',
    older: 'Show older',
    more: 'Show more',
  },
  errors: enErrors,
  status: {
    active: 'Active',
    inactive: 'Inactive',
    permanently_disabled: 'Permanently disabled',
    paused: 'Paused',
    deleted: 'Deleted',
  },
  plan: {
    free: 'Free',
    paid: 'Paid',
    lapsed: 'Lapsed',
    none: 'No subscription',
    lapsedOf: (plan: string) => `${plan}, lapsed`,
  },
  overview: {
    byStatus: 'Projects by status',
    total: (projects: number) => `${count(projects, 'project', 'projects')} in all`,
    rule: (inactiveAfterDays: number, disabledAfterDays: number) =>
      `Projects on the free plan become inactive after ${count(inactiveAfterDays, 'day', 'days')} without traffic, and are permanently disabled ${count(disabledAfterDays, 'day', 'days')} later. Paid plans are never touched.`,
    lastRun: 'Last sweep',
    noRun: 'No sweep has run yet.',
    now: 'What a sweep would do now',
    nothingDue: 'Nothing is due. A sweep now would change nothing.',
    lapsed: (projects: number) =>
      `${count(projects, 'more project', 'more projects')} would be due, but for a lapsed paid plan.`,
    openPreview: 'Open the preview',
    firstToSleep: 'First to be put to sleep',
    firstToDisable: 'First to be permanently disabled',
    more: (projects: number) => `and ${number(projects)} more`,
  },
  charts: enCharts,
  team: enTeam,
  projects: {
    list: 'Projects',
    search: 'Search projects',
    searchPlaceholder: 'Name, team, repository, hostname, e-mail or id',
    searchTooShort: (min: number) => `At least ${min} characters`,
    clearSearch: 'Clear the search',
    status: 'Status',
    all: 'All',
    plan: 'Plan',
    allPlans: 'All plans',
    team: 'Team',
    sort: 'Sort',
    sorts: { lastActivity: 'Last activity', name: 'Name', created: 'Created', deactivated: 'Inactive since' },
    ascending: 'Ascending',
    descending: 'Descending',
    name: 'Project',
    lastActivity: 'Last activity',
    created: 'Created',
    deactivated: 'Inactive since',
    idle: 'Idle',
    idleDays: (days: number) => `${number(days)} d`,
    next: 'Next',
    never: 'never visited',
    dueNow: 'due',
    total: (projects: number) => count(projects, 'project', 'projects'),
    loaded: (projects: number) => `${count(projects, 'project', 'projects')} so far`,
    empty: 'No project matches.',
    emptyPlatform: 'This platform has no projects yet.',
    emptyPlatformHint: 'They appear here as soon as a team creates one. Is it the right database? It is named above.',
    showAll: 'Show all projects',
    onlyWithDate: 'Only projects that were put to sleep have this date; the others are not listed.',
    keys: 'Up and down to move, Enter to open, Escape to close, / to search',
  },
  list: enList,
  project: enProject,
  bulk: enBulk,
  panel: enPanel,
  traffic: enTraffic,
  sweeps: enSweeps,
  review: enReview,
  whatIf: enWhatIf,
  progress: enProgress,
  runs: enRuns,
  hold: enHold,
  mail: enMail,
  policy: enPolicy,
  agents: enAgents,
  exclusions: enExclusions,
  everywhere: enEverywhere,
  exemption: enExemption,
  connection: enConnection,
}

/** What a language has to say. */
export type Words = typeof en
