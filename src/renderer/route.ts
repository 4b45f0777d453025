import { daysRule } from '../core/check-policy.ts'
import { type MailStatus, mailStatuses } from '../core/mail/outbox.ts'
import { type Stage, stages } from '../core/policy.ts'
import { planKinds, projectStatuses } from '../core/project.ts'
import {
  maxFilterNumber,
  maxSearchLength,
  type ProjectFilter,
  type ProjectSort,
  projectSorts,
  projectTraits,
  unfiltered,
} from '../core/queries/projects.ts'
import { type Job, jobs } from '../core/queries/runs.ts'
import { type TimelineFilter, timelineFilters } from '../core/queries/timeline.ts'
import { type ReviewGrouping, type ReviewScope, reviewGroupings, reviewScopes } from '../core/sweep/review-request.ts'

export type SortDirection = 'ascending' | 'descending'

/** What the list of projects shows, and which project stands beside it. */
export interface ProjectsRoute extends Omit<ProjectFilter, 'search'> {
  readonly page: 'projects'
  /** As it was typed. */
  readonly search: string
  readonly sort: ProjectSort
  readonly direction: SortDirection
  readonly projectId: string | null
  /** What the open project's timeline is narrowed to; null: all. */
  readonly activity: TimelineFilter | null
}

export type SweepsView = Stage | 'what-if' | 'runs'

export interface SweepsRoute {
  readonly page: 'sweeps'
  readonly view: SweepsView
  /** Of a preview: all that is due, or what is new or gone since the last sweep. */
  readonly scope: ReviewScope
  /** Of a preview; null: one list. */
  readonly grouping: ReviewGrouping | null
  /** The groups that are open: ids of teams, or reasons. */
  readonly openGroups: readonly string[]
  /** Thresholds to ask "what if" of; null: the policy's. */
  readonly inactiveAfterDays: number | null
  readonly disabledAfterDays: number | null
  /** The job whose runs are listed; null: all. */
  readonly job: Job | null
  /** The run whose details are open. */
  readonly runId: number | null
}

/** What the list of mails shows, and which mail stands beside it. */
export interface MailRoute {
  readonly page: 'mail'
  readonly status: MailStatus | null
  readonly mailId: number | null
}

/** Where the window is. The address holds all of it, so that a link, a reload and "back" show the same. */
export type Route =
  | { readonly page: 'overview' }
  /** An address that leads nowhere. */
  | { readonly page: 'nowhere' }
  | { readonly page: 'agents' }
  | { readonly page: 'policy' }
  | { readonly page: 'team'; readonly teamId: string }
  | ProjectsRoute
  | SweepsRoute
  | MailRoute

export const allProjects: ProjectsRoute = {
  ...unfiltered,
  page: 'projects',
  search: '',
  sort: 'lastActivity',
  direction: 'descending',
  projectId: null,
  activity: null,
}

export const sweepsStart: SweepsRoute = {
  page: 'sweeps',
  view: 'deactivate',
  scope: 'all',
  grouping: null,
  openGroups: [],
  inactiveAfterDays: null,
  disabledAfterDays: null,
  job: null,
  runId: null,
}

/** As many as an address holds; of more, the first is closed. */
const maxOpenGroups = 20

/** The run among the others, with its details open. */
export function routeOfRun(runId: number): SweepsRoute {
  return { ...sweepsStart, view: 'runs', runId }
}

export const allMails: MailRoute = { page: 'mail', status: null, mailId: null }

/** Reads an address such as `#/projects?status=inactive`. What it does not know, it leaves out. */
export function parseRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#/, '').split('?', 2)
  const params = new URLSearchParams(query)
  if (path === '/projects') return parseProjects(params)
  if (path === '/sweeps') return parseSweeps(params)
  if (path === '/agents') return { page: 'agents' }
  if (path === '/policy') return { page: 'policy' }
  if (path === '/mail') return parseMail(params)
  if (path === '/team') return parseTeam(params)
  return { page: path === '' || path === '/' ? 'overview' : 'nowhere' }
}

/** The parameters of an address that its page does not know, or whose value it does not: what it left out. */
export function ignoredParams(hash: string): readonly string[] {
  const route = parseRoute(hash)
  if (route.page === 'nowhere') return []
  const known = new Map(paramsOf(route).map(({ key, value }) => [key, value]))
  const [, query = ''] = hash.replace(/^#/, '').split('?', 2)
  const asked = [...new URLSearchParams(query)].filter(([key]) => key !== 'lang')
  return [...new Set(asked.filter(([key, value]) => value !== '' && known.get(key) !== value).map(([key]) => key))]
}

/** The address of a route, with nothing in it that is so anyway. */
export function formatRoute(route: Route): string {
  if (route.page === 'overview') return '#/'
  const query = new URLSearchParams(
    paramsOf(route).flatMap(({ key, value, usual }) => (value === null || value === usual ? [] : [[key, value]])),
  ).toString()
  return `#/${route.page}${query === '' ? '' : `?${query}`}`
}

/** What an address says of a page; `usual`: the value that goes without saying. */
type Params = readonly { readonly key: string; readonly value: string | null; readonly usual?: string }[]

function paramsOf(route: Route): Params {
  if (route.page === 'projects') return projectsParams(route)
  if (route.page === 'sweeps') return sweepsParams(route)
  if (route.page === 'team') return [{ key: 'id', value: route.teamId }]
  return route.page === 'mail' ? mailParams(route) : []
}

function parseProjects(params: URLSearchParams): ProjectsRoute {
  return {
    page: 'projects',
    statuses: someOf(projectStatuses, params.get('status')),
    planKind: oneOf(planKinds, params.get('plan')),
    teamId: idOf(params.get('team')),
    idleDays: filterNumberOf(params.get('idle'), 1),
    reactivations: filterNumberOf(params.get('reactivated'), 1),
    dueWithinDays: filterNumberOf(params.get('due'), 0),
    traits: someOf(projectTraits, params.get('with')),
    search: (params.get('q') ?? '').slice(0, maxSearchLength),
    sort: oneOf(projectSorts, params.get('sort')) ?? allProjects.sort,
    direction: oneOf(['ascending', 'descending'] as const, params.get('order')) ?? allProjects.direction,
    projectId: params.get('project') || null,
    activity: oneOf(timelineFilters, params.get('activity')),
  }
}

function projectsParams(route: ProjectsRoute): Params {
  return [
    { key: 'status', value: listed(projectStatuses, route.statuses) },
    { key: 'plan', value: route.planKind },
    { key: 'team', value: route.teamId },
    { key: 'idle', value: written(route.idleDays) },
    { key: 'reactivated', value: written(route.reactivations) },
    { key: 'due', value: written(route.dueWithinDays) },
    { key: 'with', value: listed(projectTraits, route.traits) },
    { key: 'q', value: route.search || null },
    { key: 'sort', value: route.sort, usual: allProjects.sort },
    { key: 'order', value: route.direction, usual: allProjects.direction },
    { key: 'project', value: route.projectId },
    { key: 'activity', value: route.projectId === null ? null : route.activity },
  ]
}

function parseSweeps(params: URLSearchParams): SweepsRoute {
  return {
    page: 'sweeps',
    view: oneOf([...stages, 'what-if', 'runs'] as const, params.get('view')) ?? sweepsStart.view,
    scope: oneOf(reviewScopes, params.get('since')) ?? sweepsStart.scope,
    grouping: oneOf(reviewGroupings, params.get('by')),
    openGroups: [...new Set(params.get('open')?.split(' ').filter(isGroupKey) ?? [])].slice(-maxOpenGroups),
    inactiveAfterDays: daysOf(params.get('inactive')),
    disabledAfterDays: daysOf(params.get('disabled')),
    job: oneOf(jobs, params.get('job')),
    runId: numberOf(params.get('run')),
  }
}

function sweepsParams(route: SweepsRoute): Params {
  return [
    { key: 'view', value: route.view, usual: sweepsStart.view },
    { key: 'since', value: route.scope, usual: sweepsStart.scope },
    { key: 'by', value: route.grouping },
    { key: 'open', value: route.openGroups.slice(-maxOpenGroups).join(' ') || null },
    { key: 'inactive', value: written(route.inactiveAfterDays) },
    { key: 'disabled', value: written(route.disabledAfterDays) },
    { key: 'job', value: route.job },
    { key: 'run', value: written(route.runId) },
  ]
}

/** There is no page of teams: without an id, it leads nowhere. */
function parseTeam(params: URLSearchParams): Route {
  const teamId = idOf(params.get('id'))
  return teamId === null ? { page: 'nowhere' } : { page: 'team', teamId }
}

function parseMail(params: URLSearchParams): MailRoute {
  return {
    page: 'mail',
    status: oneOf(mailStatuses, params.get('status')),
    mailId: numberOf(params.get('mail')),
  }
}

function mailParams(route: MailRoute): Params {
  return [
    { key: 'status', value: route.status },
    { key: 'mail', value: written(route.mailId) },
  ]
}

function oneOf<Value extends string>(values: readonly Value[], text: string | null): Value | null {
  return values.find((value) => value === text) ?? null
}

/** Of words with spaces between them, those that are among the values, in the order of these. */
function someOf<Value extends string>(values: readonly Value[], text: string | null): readonly Value[] {
  const words = text?.split(' ') ?? []
  return values.filter((value) => words.includes(value))
}

function listed<Value extends string>(values: readonly Value[], chosen: readonly Value[]): string | null {
  return values.filter((value) => chosen.includes(value)).join(' ') || null
}

function idOf(text: string | null): string | null {
  return text !== null && /^[0-9a-f]{1,32}$/.test(text) ? text : null
}

/** A number of ours, of a run or a mail. */
function numberOf(text: string | null): number | null {
  return text !== null && /^[1-9]\d{0,8}$/.test(text) ? Number(text) : null
}

function filterNumberOf(text: string | null, min: number): number | null {
  const number = text !== null && /^(0|[1-9]\d{0,8})$/.test(text) ? Number(text) : null
  return number !== null && number >= min && number <= maxFilterNumber ? number : null
}

function written(number: number | null): string | null {
  return number === null ? null : String(number)
}

function daysOf(text: string | null): number | null {
  const days = numberOf(text)
  return days !== null && days <= daysRule.max ? days : null
}

/** An id of a team, a reason, or the sign of a team that is gone. */
function isGroupKey(text: string): boolean {
  return /^([a-z_]{1,32}|[0-9a-f]{1,32}|-)$/.test(text)
}
