import type { DueReason, GoneReason } from '../../core/sweep/review-reasons.ts'
import { english } from './counting.ts'

const { count, number } = english

function days(value: number): string {
  return count(value, 'day', 'days')
}

const due: Record<DueReason, string> = {
  never_visited: 'Never visited since it was made',
  unvisited: 'Not visited since its last visit',
  unvisited_since_reactivation: 'Not visited since it was reactivated',
  not_reactivated: 'Not reactivated in time',
  not_told: 'Not reactivated; its owner was never told',
  asleep_outside: 'Not reactivated; put to sleep outside of Vigie',
}

const dueFor: Record<DueReason, (value: number) => string> = {
  never_visited: (value) => `Never visited in ${days(value)}`,
  unvisited: (value) => `No traffic for ${days(value)}`,
  unvisited_since_reactivation: (value) => `Reactivated, unvisited for ${days(value)}`,
  not_reactivated: (value) => `Inactive for ${days(value)}`,
  not_told: (value) => `Inactive for ${days(value)}, owner not told`,
  asleep_outside: (value) => `Inactive for ${days(value)}, not by Vigie`,
}

const gone: Record<Exclude<GoneReason, 'moved_on'>, string> = {
  deleted: 'Deleted',
  paused: 'Paused',
  reactivated: 'Reactivated',
  plan_changed: 'Protected by its plan',
  exempted: 'Exempt',
  visited: 'Visited',
  deadline_moved: 'Its deadline moved',
}

const goneHint: Record<GoneReason, string> = {
  deleted: 'The project or its team is deleted.',
  moved_on: 'It was put to sleep, or permanently disabled, since.',
  paused: 'It is paused on the platform.',
  reactivated: 'It was reactivated since.',
  plan_changed: 'Its team’s plan protects it now.',
  exempted: 'It or its team is exempt now.',
  visited: 'It was visited since.',
  deadline_moved: 'The policy was changed, or for a time nobody watched, which counts as no time.',
}

export const enReview = {
  scopes: { all: 'All that is due', new: 'New since then', gone: 'Gone since then' },
  scopesLabel: 'Compared with the last sweep',
  groupLabel: 'Group',
  groupings: { none: 'One list', team: 'By team', reason: 'By reason' },
  comparedWith: {
    sweep: (when: string) => `Compared with the sweep of ${when}.`,
    preview: (when: string) => `Compared with the preview that was kept on ${when}.`,
    held: (when: string) => `Compared with the sweep that was held on ${when}.`,
  },
  newMeans: 'New: due now, but not then.',
  goneMeans: 'Gone: due then, but not now.',
  nothingBefore: 'There is no earlier sweep to compare with.',
  isNew: 'new',
  isNewHint: 'Due now, but not at the last sweep',
  due,
  dueFor,
  gone,
  goneHint,
  movedOn: { deactivate: 'Put to sleep', disable: 'Permanently disabled' },
  whyGone: 'Why it is gone',
  now: 'Now',
  dueThen: { deactivate: 'Last activity then', disable: 'Inactive since, then' },
  projects: (value: number) => count(value, 'project', 'projects'),
  unknownTeam: 'Deleted teams',
  deletedProject: 'Deleted project',
  groupsMissing: 'A group of this address is not in the list any more.',
  noneNew: 'Nothing is due now that was not due at the last sweep.',
  noneGone: 'All that was due at the last sweep is due still.',
}

export const enWhatIf = {
  title: 'What if the thresholds were others?',
  view: 'What if',
  lead: 'Looks only: nothing is changed, and nothing is kept.',
  change: 'The policy itself is changed on the page',
  policy: 'Policy',
  inactive: 'Put to sleep after',
  disabled: 'Permanently disable after',
  days: (value: number): string => (value === 1 ? 'day' : 'days'),
  slider: (field: string) => `${field}, by slider`,
  inForce: (value: number) => `The policy says ${days(value)}.`,
  problem: (min: number, max: number) => `A whole number from ${number(min)} to ${number(max)}.`,
  reset: 'As the policy',
  table: 'Due now, by the policy and by these thresholds',
  what: 'A sweep now would',
  rows: { deactivated: 'put to sleep', disabled: 'permanently disable', mailsQueued: 'queue mails' },
  byPolicy: 'By the policy',
  byThese: 'By these thresholds',
  difference: 'Difference',
  same: 'no change',
  counting: 'Counting…',
  verdict: (more: number) =>
    more === 0
      ? 'The same number of projects would be due.'
      : more > 0
        ? `${count(more, 'more project', 'more projects')} would be due.`
        : `${count(-more, 'project', 'projects')} fewer would be due.`,
}

export const enProgress = {
  rate: (perSecond: number) => `${count(perSecond, 'project', 'projects')} per second`,
  left: (duration: string) => `about ${duration} left`,
  leftSoon: 'a few seconds left',
  measuring: 'measuring its pace…',
  first: 'getting ready…',
  waiting: 'waiting for the next batch…',
  ending: 'ending after this batch',
  milestone: (percent: number) => `The sweep is ${number(percent)}% done.`,
}
