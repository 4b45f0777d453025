import { projectStatuses } from '../../core/project.ts'
import { projectTraits } from '../../core/queries/projects.ts'
import type { Words } from '../i18n/en.ts'
import { allProjects, type ProjectsRoute } from '../route.ts'

/** One part of what narrows the list: what it is called, and the list without it. */
export interface ActiveFilter {
  readonly key: string
  readonly label: string
  readonly without: ProjectsRoute
}

/** All that narrows the list, in the order of the menu; each value of several counts for itself. */
export function activeFilters(route: ProjectsRoute, words: Words, teamName: (id: string) => string): ActiveFilter[] {
  const { statuses, planKind, teamId, idleDays, reactivations, dueWithinDays, traits } = route
  const { chip, trait: traitWords } = words.list
  const search = route.search.trim()
  const one = (key: string, label: string, change: Partial<ProjectsRoute>): ActiveFilter => ({
    key,
    label,
    without: { ...route, ...change },
  })
  return [
    ...(search === '' ? [] : [one('search', chip.search(search), { search: '' })]),
    ...projectStatuses
      .filter((status) => statuses.includes(status))
      .map((status) =>
        one(`status ${status}`, words.status[status], { statuses: statuses.filter((other) => other !== status) }),
      ),
    ...(planKind === null ? [] : [one('plan', chip.plan(words.plan[planKind]), { planKind: null })]),
    ...(teamId === null ? [] : [one('team', chip.team(teamName(teamId)), { teamId: null })]),
    ...(idleDays === null ? [] : [one('idle', chip.idle(idleDays), { idleDays: null })]),
    ...(reactivations === null ? [] : [one('reactivated', chip.reactivated(reactivations), { reactivations: null })]),
    ...(dueWithinDays === null ? [] : [one('due', chip.due(dueWithinDays), { dueWithinDays: null })]),
    ...projectTraits
      .filter((trait) => traits.includes(trait))
      .map((trait) => one(trait, traitWords[trait], { traits: traits.filter((other) => other !== trait) })),
  ]
}

/** What could be left out for more to match: each part of the filter, several statuses as one. */
export function looseningsOf(route: ProjectsRoute, words: Words, teamName: (id: string) => string): ActiveFilter[] {
  const filters = activeFilters(route, words, teamName)
  if (route.statuses.length < 2) return filters
  const others = filters.filter(({ key }) => !key.startsWith('status '))
  const statuses = { key: 'status', label: words.projects.status, without: { ...route, statuses: [] } }
  return [...others, statuses]
}

/** The same list, narrowed by nothing. */
export function withoutFilters({ sort, direction, projectId }: ProjectsRoute): ProjectsRoute {
  return { ...allProjects, sort, direction, projectId }
}
