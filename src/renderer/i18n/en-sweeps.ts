import type { Stage } from '../../core/policy.ts'
import type { RunOutcome } from '../../core/queries/runs.ts'
import { english } from './counting.ts'

const { count, number } = english

function projects(value: number): string {
  return count(value, 'project', 'projects')
}

const stages: Record<Stage, string> = { deactivate: 'Put to sleep', disable: 'Permanently disable' }

const outcomes: Record<RunOutcome, string> = {
  done: 'Done',
  partial: 'Done in part',
  cancelled: 'Cancelled',
  failed: 'Failed',
  held: 'Held',
}

export const enSweeps = {
  now: 'What a sweep would do now',
  views: 'Preview and runs',
  runs: 'Runs',
  stages,
  toSleep: (value: number): string => (value === 1 ? 'project to put to sleep' : 'projects to put to sleep'),
  toDisable: (value: number): string =>
    value === 1 ? 'project to disable permanently' : 'projects to disable permanently',
  mails: (value: number): string => (value === 1 ? 'mail to queue' : 'mails to queue'),
  run: 'Run sweep',
  nothingDue: 'Nothing is due.',
  readOnly: 'The database is read-only: no sweep can run here.',
  confirmTitle: 'Run this sweep?',
  confirm: (toSleep: number, toDisable: number) => {
    if (toDisable === 0) return `Put ${projects(toSleep)} to sleep.`
    if (toSleep === 0) return `Permanently disable ${projects(toDisable)}.`
    return `Put ${projects(toSleep)} to sleep and permanently disable ${number(toDisable)}.`
  },
  confirmMails: (mails: number) => `${count(mails, 'mail', 'mails')} will be queued.`,
  confirmDomains: 'Domains of the projects put to sleep stop answering until they are reactivated.',
  confirmFinal: 'Nobody can reactivate what is permanently disabled.',
  confirmTakeBack: (days: number) => `The whole sweep can be taken back for ${count(days, 'day', 'days')}.`,
  confirmAction: (toSleep: number, toDisable: number) => {
    if (toDisable === 0) return `Put ${projects(toSleep)} to sleep`
    if (toSleep === 0) return `Permanently disable ${projects(toDisable)}`
    return `Put ${number(toSleep)} to sleep, disable ${number(toDisable)}`
  },
  starting: 'Starting…',
  keep: 'Don’t run',
  running: (runId: number) => `Sweep ${runId} is running`,
  startedBy: (actor: string, machine: string) => `by ${actor} on ${machine}`,
  doneOf: (done: number, total: number) => `${number(done)} of ${projects(total)}`,
  progress: 'Progress of the sweep',
  cancel: 'Cancel',
  cancelling: 'Cancelling after this batch…',
  ended: (runId: number) => `Sweep ${runId}`,
  dismiss: 'Close',
  outcomes,
  unfinished: 'Running',
  stale: 'Gone silent',
  staleHint: 'Whoever ran it has been silent for two minutes. What was committed is done; the rest is due still.',
  summary: (toSleep: number, toDisable: number) =>
    toSleep + toDisable === 0
      ? 'Nothing was changed.'
      : `${projects(toSleep)} put to sleep, ${number(toDisable)} permanently disabled.`,
  nothingYet: 'Nothing is changed yet.',
  summaryMails: (mails: number) => `${count(mails, 'mail', 'mails')} queued.`,
  skipped: (value: number) => `${projects(value)} skipped: somebody else was changing them. They are due still.`,
  cancelledHint: 'Whatever was left is due still.',
  failures: (value: number) => `${projects(value)} could not be moved`,
  failuresShown: (shown: number) => `The first ${number(shown)}:`,
  project: 'Project',
  team: 'Team',
  reason: 'Why',
  lastActivity: 'Last activity',
  inactiveSince: 'Inactive since',
  mailTo: 'Mail to',
  nobody: 'nobody',
  moreMail: (address: string, more: number) => `${address} +${number(more)}`,
  noTraffic: (days: number) => `No traffic for ${count(days, 'day', 'days')}`,
  stillInactive: (days: number) => `Inactive for ${count(days, 'day', 'days')}`,
  previewList: (stage: string) => `Preview: ${stage}`,
  nothingInStage: { deactivate: 'No project is due to be put to sleep.', disable: 'No project is due to be disabled.' },
  nothingInStageHint: {
    deactivate: 'Who comes next stands first in the list of projects by last activity.',
    disable: 'Inactive projects show when their time is up.',
  },
  toProjects: 'To the projects',
  nextTick: (when: string) => `The next unattended sweep is due on ${when}.`,
  number: 'Run',
  started: 'Started',
  who: 'Who',
  where: 'Where',
  duration: 'Duration',
  outcome: 'Outcome',
  details: (runId: number) => `Details of run ${runId}`,
  noRuns: 'Nothing has run yet.',
  noRunsHint: 'A preview shows what a sweep would do, and changes nothing.',
  toPreview: 'To the preview',
  entries: { desktop: 'desktop', console: 'console', agent: 'agent', cli: 'command line' } as Readonly<
    Record<string, string>
  >,
}
