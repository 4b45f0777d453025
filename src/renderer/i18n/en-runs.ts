import type { LeftAlone } from '../../core/queries/runs.ts'
import type { RevertCheck } from '../../core/sweep/revert.ts'
import { english } from './counting.ts'

const { count, number } = english

type TakeBackRefusal = NonNullable<RevertCheck['refusal']>['why']

function projects(value: number): string {
  return count(value, 'project', 'projects')
}

const leftAlone: Record<keyof LeftAlone, (value: number) => string> = {
  gone: (value) => `${projects(value)} deleted since`,
  teamDeleted: (value) => `${projects(value)} of a deleted team`,
  revertedBefore: (value) => `${projects(value)} taken back before`,
  reactivated: (value) => `${projects(value)} reactivated since`,
  changed: (value) => `${projects(value)} changed otherwise since`,
  noLongerDue: (value) => `${projects(value)} no longer due`,
}

export const enRuns = {
  allJobs: 'All jobs',
  filter: 'Show the runs of',
  jobs: {
    sweep: 'Sweep',
    cleanup: 'Deployments cleanup',
    counts: 'Daily counts',
    pruning: 'Pruning',
    revert: 'Taking back',
  },
  preview: 'Preview',
  job: 'Job',
  tick: 'Tick',
  byHand: 'by hand',
  counts: 'Counts',
  swept: (toSleep: number, disabled: number, mails: number) =>
    `${number(toSleep)} to sleep, ${number(disabled)} disabled, ${count(mails, 'mail', 'mails')}`,
  wouldSweep: (toSleep: number, disabled: number) => `${number(toSleep)} to sleep, ${number(disabled)} to disable`,
  tookBack: (active: number, inactive: number, left: number) =>
    `${number(active)} active, ${number(inactive)} inactive again, ${number(left)} left alone`,
  nothing: 'nothing',
  previewed: (toSleep: number, disabled: number) =>
    `${projects(toSleep)} would have been put to sleep, ${number(disabled)} disabled permanently. Nothing was written.`,
  held: 'A brake held it. Nothing was written.',
  reverted: (active: number, inactive: number) =>
    active + inactive === 0
      ? 'No project was given back its former state.'
      : `${projects(active)} active again, ${number(inactive)} inactive again.`,
  nothingReverted: 'No project is changed yet.',
  counted: 'The projects of the day before were counted by status.',
  pruned: 'Old bodies of mails, lists and partitions were removed.',
  cleaned: (containers: number) =>
    containers === 0
      ? 'No container had to be removed.'
      : `${count(containers, 'container', 'containers')} of old deployments removed.`,
  containersRemoved: (containers: number) => `${count(containers, 'container', 'containers')} removed`,
  notCleaned: (value: number) => `Containers of ${projects(value)} could not be removed`,
  underWay: 'Under way.',
  notTold: (value: number) => `${projects(value)} not disabled: no mail of their first stage has reached anybody.`,
  dueAt: (when: string) => `Due at ${when}.`,
  takesBack: (runId: number) => `Takes back run ${runId}`,
  takenBack: 'Taken back',
  noSuchRun: (runId: number) => `There is no run ${runId}, or it is no longer kept.`,
  takenBackBy: (runId: number) => `Taken back by run ${runId}`,
  releases: (runId: number) => `Does the list of run ${runId}`,
  releasedBy: (runId: number) => `Its list was done by run ${runId}`,
  leftTitle: 'Left alone',
  leftAlone,
  leftHint: 'Where something else happened since, nothing is taken back.',
  leftByReleaseHint: 'Each project was checked again when the list was released.',
  showList: 'Show the list',
  hideList: 'Hide the list',
  listGone: 'This list is no longer kept.',
  decisions: {
    open: 'It waits for a decision, above.',
    released: 'Released',
    dismissed: 'Dismissed',
    superseded: 'Superseded by a newer sweep',
  },
  heldAnd: { released: 'Held, released', dismissed: 'Held, dismissed', superseded: 'Held, superseded' },
  decided: (who: string, when: string) => `by ${who}, ${when}`,
  takeBack: {
    open: 'Take back…',
    title: (runId: number) => `Take back run ${runId}?`,
    effect: (active: number, inactive: number) => {
      if (inactive === 0) return `${projects(active)} put to sleep by it become active again.`
      if (active === 0) return `${projects(inactive)} disabled by it become inactive again.`
      return `${projects(active)} put to sleep by it become active again, ${number(inactive)} disabled by it become inactive again.`
    },
    where: 'Only where nothing else happened to them since. Their domains answer again; queued mails are cancelled.',
    again: 'The clock stays: whoever is still unvisited is due again in the next sweep. Pause sweeps first if need be.',
    reason: 'Reason',
    reasonPlaceholder: 'What was wrong with this sweep',
    reasonMissing: 'Say in a few words why.',
    action: (value: number | null) => (value === null ? 'Take back' : `Take back ${projects(value)}`),
    refused: {
      not_a_sweep: 'This run was no sweep: there is nothing to take back.',
      preview: 'This was a preview: there is nothing to take back.',
      held: 'This sweep was held: there is nothing to take back.',
      running: 'It is still running. Cancel it, or wait for its end.',
      too_old: 'It ended too long ago: it can’t be taken back any more.',
      changed_nothing: 'It changed nothing: there is nothing to take back.',
      nothing_left:
        'Nothing of it is left to take back: its projects were given back before, or something else happened to them.',
    } satisfies Record<TakeBackRefusal, string>,
    running: 'Starting…',
    keep: 'Leave it',
    tooOld: (days: number) => `Ended more than ${count(days, 'day', 'days')} ago: it can’t be taken back any more.`,
    readOnly: 'The database is read-only: nothing can be taken back here.',
  },
}
