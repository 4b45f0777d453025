import type { ProjectTrait } from '../../core/queries/projects.ts'
import type { MatchKind } from '../../core/queries/search.ts'
import { english } from './counting.ts'

const { count, number } = english

const trait: Record<ProjectTrait, string> = {
  mailFailed: 'Mail failed',
  exempt: 'Exempt',
  pushedAsleep: 'Pushed while asleep',
}

const traitHint: Record<ProjectTrait, string> = {
  mailFailed: 'A mail about its latest transition was refused or given up',
  exempt: 'It, or its team, is left alone by sweeps at the moment',
  pushedAsleep: 'It has a deployment from after it was put to sleep',
}

const match: Record<MatchKind, string> = {
  name: 'Found by its name',
  id: 'Found by its id',
  hostname: 'Found by a hostname',
  repository: 'Found by its repository',
  team: 'Found by its team',
  owner: 'Found by an owner’s e-mail',
}

/** What narrows the list of projects, and what a search found. */
export const enList = {
  filters: 'Filters',
  filtersSet: (filters: number) => `Filters (${number(filters)})`,
  active: 'Active filters',
  several: 'Status, one or more',
  team: 'Team',
  teamPlaceholder: 'Part of its name',
  teamHint: (min: number) => `Type at least ${min} characters.`,
  noTeam: 'No team matches.',
  idle: 'Idle for at least',
  reactivated: 'Reactivated at least',
  due: 'Due within',
  dueHint: 'Of becoming inactive or permanently disabled. 0: due now',
  days: 'days',
  times: 'times',
  badNumber: (min: number, max: number) => `A whole number from ${number(min)} to ${number(max)}`,
  also: 'Only those with',
  trait,
  traitHint,
  match,
  chip: {
    search: (text: string) => `Search: ${text}`,
    plan: (plan: string) => `${plan} plan`,
    team: (team: string) => `Team ${team}`,
    idle: (days: number) => `Idle for ${count(days, 'day', 'days')} or more`,
    reactivated: (times: number) => `Reactivated ${count(times, 'time', 'times')} or more`,
    due: (days: number) => (days === 0 ? 'Due now' : `Due within ${count(days, 'day', 'days')}`),
    remove: (filter: string) => `Remove the filter: ${filter}`,
  },
  clearAll: 'Clear all',
  moreThan: (projects: number) => `more than ${number(projects)} projects`,
  loosen: 'Without one of these there would be some:',
  without: (filter: string, projects: string) => `Without “${filter}”: ${projects}`,
  loosenNothing: 'Several filters rule each other out.',
}
