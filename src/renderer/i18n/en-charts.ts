import { english } from './counting.ts'

const { count, number } = english

const projects = (value: number) => count(value, 'project', 'projects')
const days = (value: number) => count(value, 'day', 'days')

export const enCharts = {
  change: (by: number) => (by === 0 ? 'unchanged in 7 days' : `${by > 0 ? '+' : '−'}${number(Math.abs(by))} in 7 days`),
  changeSince: (day: string) => `Compared with the end of ${day}, UTC`,
  readAgo: (ago: string) => `Counted ${ago}`,
  table: 'Show as a table',
  day: 'Day (UTC)',
  history: {
    title: 'Projects over time',
    range: 'Days shown',
    days,
    summary: (from: string, to: string) => `Projects by status at the end of each UTC day, from ${from} to ${to}.`,
    was: (status: string, before: number, after: number) => `${status}: ${number(before)}, then ${number(after)}.`,
    endOf: (day: string) => `End of ${day}, UTC`,
    empty: 'No day has been counted yet.',
    emptyHint:
      'Here the projects by status will stand, day by day. They are first counted when the daily counts are due:',
    one: 'One day has been counted so far; the chart begins with the second.',
    missing: (missed: number) => `${days(missed)} in between ${missed === 1 ? 'was' : 'were'} not counted.`,
  },
  idle: {
    title: 'Idle projects on the free plan',
    summary: (total: number, beyond: number) =>
      `${projects(total)} active on the free plan; ${number(beyond)} of them idle beyond the threshold.`,
    from: (from: number, to: number) => (to - from === 1 ? days(from) : `${number(from)} to ${number(to - 1)} days`),
    beyond: (from: number) => `${days(from)} or more`,
    bar: (span: string, value: number) => `Idle for ${span}: ${projects(value)}`,
    threshold: (after: number) => `Inactive after ${days(after)}`,
    unwatched: (time: string) => `The threshold is later by ${time}, in which nobody watched.`,
    axis: 'Days since the last activity',
    listed: 'A bar opens the active free projects that have been idle for at least so long.',
  },
  forecast: {
    title: 'The next 14 nights',
    summary: (toSleep: number, toDisable: number) =>
      `Without further visits, ${projects(toSleep)} would be put to sleep and ${number(toDisable)} permanently disabled.`,
    night: (day: string, toSleep: number, toDisable: number) =>
      `Night of ${day}: ${number(toSleep)} to put to sleep, ${number(toDisable)} to disable permanently`,
    toSleep: 'Put to sleep',
    toDisable: 'Permanently disabled',
    mode: 'Unattended sweeps are not fully on: these nights would do less.',
    listed: 'A night opens the projects that are due by then.',
  },
  reactivations: {
    title: 'Reactivations per week',
    summary: (total: number) => `${count(total, 'reactivation', 'reactivations')} in 12 weeks.`,
    week: (monday: string, people: number, upgrades: number) =>
      `Week of ${monday}: ${number(people)} by people, ${number(upgrades)} by a move to a paid plan`,
    byPeople: 'By people',
    byUpgrade: 'By a move to a paid plan',
    listed: 'A week opens the active projects that were reactivated before.',
  },
  mail: {
    title: 'Mail',
  },
}
