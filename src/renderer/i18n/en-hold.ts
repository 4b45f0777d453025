import { english } from './counting.ts'

const { count, number } = english

export const enHold = {
  title: 'A sweep is held',
  summary: (toSleep: number, toDisable: number) =>
    `${count(toSleep, 'project', 'projects')} to put to sleep, ${number(toDisable)} to disable permanently. Nothing was written.`,
  look: 'Look at it',
  fold: 'Fold',
  brakes: {
    recorderSilent: (projects: number, hours: number) =>
      `None of ${count(projects, 'active project', 'active projects')} saw traffic in the last ${number(hours)} hours. Traffic may not be recorded.`,
    tooMany: {
      deactivate: (due: number, activeFree: number) =>
        `${count(due, 'project is due', 'projects are due')} to be put to sleep, of ${number(activeFree)} active free ones.`,
      disable: (due: number, activeFree: number) =>
        `${count(due, 'project is due', 'projects are due')} to be disabled permanently, of ${number(activeFree)} active free ones.`,
    },
    usual: (median: number) => `A usual night has ${number(median)}.`,
    afterAGap: (since: string) =>
      `No agent was heard of since ${since}: an outage, or a restored copy of the database.`,
    changedOutside: (projects: number) =>
      `${count(projects, 'project was', 'projects were')} put to sleep by something else since the last sweep.`,
    intake: {
      access_log: (source: string, machine: string) => `The access log ${source} on ${machine}`,
      forward_auth: (source: string, machine: string) => `The forward auth ${source} on ${machine}`,
    },
    neverWatched: (days: number) =>
      `No intake has watched for the ${count(days, 'day', 'days')} that a project may be unvisited: none has watched yet.`,
    notWatched: (days: number, intake: string, since: string) =>
      `No intake has watched for the ${count(days, 'day', 'days')} that a project may be unvisited. ${intake} has since ${since}.`,
    intakeSilent: (intake: string, since: string) =>
      `${intake} was not heard of since ${since}. Start it again, or retire it if it is gone for good.`,
    intakeLow: (intake: string, hits: number, usual: number) =>
      `${intake} saw ${count(hits, 'request', 'requests')} in the 24 hours before; ${number(usual)} are usual.`,
    intakeBehind: (intake: string, since: string | null) =>
      since === null ? `${intake} has counted nothing yet.` : `${intake} has counted what it saw only up to ${since}.`,
  },
  list: { deactivate: 'Projects to be put to sleep', disable: 'Projects to be disabled permanently' },
  changed: 'no longer due',
  notTold: 'owner not told',
  notToldList: 'Projects whose owner was not told',
  gap: (since: string, until: string) =>
    `No agent was heard of from ${since} to ${until}: an outage, or a restored copy of the database. Mail and routing wait until somebody has looked.`,
  gapTitle: 'Agents were silent',
  resolveGap: 'Looked at it: go on',
  reason: 'Reason',
  reasonPlaceholder: 'What you looked at, and what you decide',
  reasonMissing: 'Say in a few words why.',
  release: (projects: number) => `Release: sweep these ${number(projects)}`,
  releaseHint: 'Exactly this list is swept; each project is checked again first.',
  dismiss: 'Dismiss: do nothing',
  expired: 'Held too long ago to be released. Dismiss it; the next sweep looks anew.',
  until: (when: string) => `Can be released until ${when}.`,
  running: 'Deciding…',
}
