import type { ProjectStatus } from '../../core/project.ts'
import { maxFilterNumber } from '../../core/queries/projects.ts'
import { allProjects, formatRoute, type ProjectsRoute } from '../route.ts'

/** The projects of a status, those first whose turn comes first. */
export function listOf(status: ProjectStatus): ProjectsRoute {
  const list: ProjectsRoute = { ...allProjects, statuses: [status] }
  if (status === 'active') return { ...list, direction: 'ascending' }
  if (status === 'inactive') return { ...list, sort: 'deactivated', direction: 'ascending' }
  return status === 'permanently_disabled' ? { ...list, sort: 'deactivated' } : list
}

/** The active projects of the free plan that are idle for so many days or longer, the longest idle first. */
export function idleList(days: number): string {
  return formatRoute({ ...listOf('active'), planKind: 'free', idleDays: Math.min(days, maxFilterNumber) })
}

/** What is due within so many days. */
export function dueList(days: number): string {
  return formatRoute({ ...allProjects, dueWithinDays: Math.min(days, maxFilterNumber), direction: 'ascending' })
}

/** The active projects that were reactivated once or more. */
export function reactivatedList(): string {
  return formatRoute({ ...listOf('active'), reactivations: 1, direction: 'descending' })
}
