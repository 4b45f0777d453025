import type { PolicyName } from '../../core/check-policy.ts'
import type { Job } from '../../core/jobs/ticks.ts'
import type { PausablePart } from '../../core/pauses.ts'
import type { MailLanguage, SweepMode } from '../../core/policy.ts'
import { english } from './counting.ts'

const { count, number } = english

function dueIn(toSleep: number, toDisable: number): string {
  return `${count(toSleep, 'project', 'projects')} to put to sleep, ${number(toDisable)} to disable permanently`
}

const fields: Record<PolicyName, { label: string; hint: string }> = {
  inactiveAfterDays: {
    label: 'Put to sleep after',
    hint: 'Days without traffic after which a project on the free plan becomes inactive.',
  },
  disabledAfterDays: {
    label: 'Disable permanently after',
    hint: 'Further days asleep after which an inactive project is disabled for good.',
  },
  isLapsedPaidSwept: {
    label: 'Sweep lapsed paid plans',
    hint: 'Teams whose paid plan is cancelled or expired count as free.',
  },
  isUpgradedWoken: {
    label: 'Wake upgraded projects',
    hint: 'An inactive project is woken when its team has moved to a paid plan.',
  },
  sweepMode: { label: 'Mode', hint: 'Sweeps that a person starts do not depend on it.' },
  canaryTeamIds: { label: 'Teams of the canary', hint: 'The only teams that unattended sweeps touch in this mode.' },
  revertDays: { label: 'Can be taken back for', hint: 'How long after its end a sweep can be taken back.' },
  sweepSchedule: { label: 'Sweep', hint: 'At most one unattended sweep runs per UTC day.' },
  cleanupSchedule: { label: 'Deployments cleanup', hint: 'When old deployments are looked for.' },
  countsSchedule: { label: 'Daily counts', hint: 'When the projects of the day before are counted by status.' },
  pruningSchedule: { label: 'Pruning', hint: 'When old bodies of mails, lists and partitions are removed.' },
  silentProjects: {
    label: 'Silent recorder: from',
    hint: 'On platforms with at least so many active projects, silence of all of them holds a sweep.',
  },
  silentHours: { label: 'Silent recorder: for', hint: 'How long not one active project saw traffic.' },
  manyProjects: { label: 'Too many: more than', hint: 'Fewer projects than this are never too many.' },
  manyPercent: { label: 'Too many: share', hint: 'And more than this share of the active projects on the free plan.' },
  manyMedianFactor: {
    label: 'Too many: against usual',
    hint: 'Or more than so many times the median of the last 14 sweeps.',
  },
  manyMedianProjects: {
    label: 'Too many: from',
    hint: 'The least that the median may hold, so that a quiet platform is not held for a handful.',
  },
  gapHours: { label: 'Gap', hint: 'Sweeps, mail and routing wait after no agent was heard of for so long.' },
  holdHours: { label: 'A hold can be released for', hint: 'An older one can only be dismissed.' },
  isWatchRequired: {
    label: 'Watched before',
    hint: 'Unattended sweeps wait until an intake has watched for as long as a project may be idle.',
  },
  watchGapMinutes: {
    label: 'Unwatched from',
    hint: 'A longer gap of every intake extends all deadlines by its length; an intake that is silent for longer holds a sweep.',
  },
  intakePercent: {
    label: 'Too few hits: below',
    hint: 'An intake that sees a smaller share of its usual hits holds a sweep.',
  },
  mailsPerMinute: { label: 'Rate', hint: 'The most mails that leave, of all senders together.' },
  mailLanguage: { label: 'Language', hint: 'Of the mails to owners.' },
  mailZone: { label: 'Time zone', hint: 'Deadlines stand in UTC and in this zone.' },
  isWarningMailed: { label: 'Warn before sleep', hint: 'A mail before a project is put to sleep.' },
  warningHours: { label: 'Warn ahead', hint: 'How long before it is put to sleep.' },
  isReactivationMailed: { label: 'Tell of reactivations', hint: 'A mail when a project is active again.' },
  mailBodyDays: { label: 'Keep bodies for', hint: 'The texts of ended mails are removed after that.' },
  trafficDays: { label: 'Keep daily hits for', hint: 'The hits per day and project are removed after that.' },
  containerRemovalDays: {
    label: 'Remove containers after',
    hint: 'How long after permanent disabling the containers of a project are removed. Volumes stay.',
  },
}

const modes: Record<SweepMode, { name: string; does: string }> = {
  off: { name: 'Off', does: 'No sweep runs by itself.' },
  observe: { name: 'Observe', does: 'Each tick keeps a preview to look at. No project is touched.' },
  canary: { name: 'Canary', does: 'Each tick sweeps the named teams, and no others.' },
  on: { name: 'On', does: 'Each tick sweeps all that is due. What looks wrong is held and waits for a person.' },
}

const parts: Record<PausablePart, { name: string; stops: string }> = {
  sweep: { name: 'Sweeps', stops: 'No sweep runs, nor one that a person starts. Ticks wait.' },
  mail: { name: 'Mail', stops: 'Mails stay in the queue.' },
  routing: { name: 'Routing', stops: 'What visitors are served stays as it is.' },
  containers: { name: 'Containers', stops: 'No container is stopped or removed.' },
}

const jobs: Record<Job, string> = {
  sweep: 'Sweep',
  cleanup: 'Deployments cleanup',
  counts: 'Daily counts',
  pruning: 'Pruning',
}

const languages: Record<MailLanguage, string> = { en: 'English', fr: 'French', both: 'Both' }

export const enPolicy = {
  groups: {
    rules: 'Rules',
    sweeps: 'Unattended sweeps',
    schedules: 'Schedules',
    brakes: 'Brakes',
    mail: 'Mail to owners',
    edge: 'Traffic and containers',
  },
  groupHints: {
    rules: 'Who is put to sleep, and when. Paid plans are never touched.',
    sweeps: 'What happens while nobody looks.',
    schedules: 'When each job is due, in UTC: minute, hour, day of the month, month, day of the week.',
    brakes: 'When a sweep stops before it writes anything, and waits for a person.',
    mail: 'What owners are told, and how.',
    edge: 'What is kept of what agents see and stop.',
  },
  fields,
  modes,
  jobs,
  languages,
  unitDays: (value: number): string => (value === 1 ? 'day' : 'days'),
  unitHours: (value: number): string => (value === 1 ? 'hour' : 'hours'),
  unitMinutes: (value: number): string => (value === 1 ? 'minute' : 'minutes'),
  unitProjects: (value: number): string => (value === 1 ? 'project' : 'projects'),
  unitPercent: '%',
  unitTimes: 'times the median',
  unitMails: (value: number): string => (value === 1 ? 'mail a minute' : 'mails a minute'),
  bounds: (min: number, max: number) => `${number(min)} to ${number(max)}`,
  was: (value: string) => `in force: ${value}`,
  yes: 'yes',
  no: 'no',
  none: 'none',
  everyDayAt: (time: string) => `Every day at ${time} UTC`,
  everyHourAt: (minute: string) => `Every hour, at minute ${minute}`,
  problems: {
    count: (min: number, max: number) => `A whole number from ${number(min)} to ${number(max)}.`,
    schedule: 'Five fields that come at some time, such as 0 2 * * * for every day at 02:00.',
    zone: 'A time zone such as Europe/Paris.',
    teams: 'At least one team that exists, each once.',
    other: 'This value is not possible here.',
  },
  teams: {
    add: 'Add a team',
    placeholder: 'Slug or id',
    adding: 'Looking…',
    action: 'Add',
    remove: (team: string) => `Remove ${team}`,
    empty: 'No team is named.',
    gone: 'no longer there',
  },
  change: {
    title: 'Your changes',
    nothing: 'Change a value to see here what it would do before it is saved.',
    becomes: (before: string, after: string) => `${before} → ${after}`,
    preview: 'Preview',
    previewing: 'Counting…',
    now: 'Due now',
    proposed: 'Due under this change',
    due: dueIn,
    same: 'As many projects are due as before.',
    more: (projects: number) => `${count(projects, 'more project', 'more projects')} would be due.`,
    fewer: (projects: number) => `${count(projects, 'project', 'projects')} fewer would be due.`,
    unattended: (toSleep: number, toDisable: number) =>
      `The next tick would take them by itself: ${dueIn(toSleep, toDisable)}.`,
    reason: 'Reason',
    reasonPlaceholder: 'Why it is changed; this is kept on record',
    reasonMissing: 'Say in a few words why.',
    save: (values: number) => `Save ${count(values, 'change', 'changes')}`,
    saving: 'Saving…',
    discard: 'Discard',
    saved: 'Saved. The record below says what was changed.',
    wrong: (labels: string) => `Not possible: ${labels}. Correct it first.`,
    readOnly: 'The database is read-only: the policy can’t be changed here.',
  },
  pauses: {
    title: 'Pauses',
    hint: 'Stops a part of every Vigie within seconds, until somebody resumes it.',
    parts,
    runs: 'Not paused',
    paused: 'Paused',
    pause: 'Pause',
    resume: 'Resume',
    pauseOf: (part: string) => `Pause: ${part}`,
    resumeOf: (part: string) => `Resume: ${part}`,
    confirmPause: 'Pause it',
    confirmResume: 'Resume it',
    keep: 'Leave it',
    by: (actor: string) => `by ${actor}`,
    header: (list: string) => `Paused: ${list}`,
  },
  record: {
    title: 'Record',
    empty: 'Nothing was changed yet.',
    paused: (part: string) => `Paused: ${part}`,
    resumed: (part: string) => `Resumed: ${part}`,
    by: (actor: string, entry: string, machine: string) => `${actor}, ${entry} on ${machine}`,
  },
  unattended: {
    title: 'While nobody looks',
    ticks: 'Next ticks',
    noTick: 'No sweep is due by itself.',
    never: 'never',
    mode: 'Mode',
    agents: 'Agents',
    alive: (agents: number) => `${count(agents, 'Vigie', 'Vigies')} heard of within the last minute`,
    silent:
      'No agent or scheduler was heard of within the last minute: nothing happens by itself. Start “vigie agent”.',
    noScheduler: 'None of them runs the scheduler: no tick is run by itself.',
    thisDesktop: 'This desktop',
    desktopActs: 'Runs what is due and delivers mails while it is open.',
    desktopRests: 'Only looks on: nothing runs here by itself.',
    lastHeard: 'Last heard of',
    where: (entry: string, machine: string) => `${entry} on ${machine}`,
    nothingPaused: 'Nothing is paused.',
    change: 'Change',
  },
}
