import type { ProjectStatus } from '../../core/project.ts'
import { allProjects, formatRoute, type ProjectsRoute } from '../route.ts'

/** The projects of a status, those first whose turn comes first. */
export function listOf(status: ProjectStatus): ProjectsRoute {
  if (status === 'active') return { ...allProjects, status, direction: 'ascending' }
  if (status === 'inactive') return { ...allProjects, status, sort: 'deactivated', direction: 'ascending' }
  if (status === 'permanently_disabled') return { ...allProjects, status, sort: 'deactivated' }
  return { ...allProjects, status }
}

/** The active projects of the free plan, the longest idle first. */
export function idleList(_atLeastDays: number): string {
  return formatRoute({ ...listOf('active'), planKind: 'free' })
}

/** What is due within so many days. */
export function dueList(_withinDays: number): string {
  return formatRoute({ ...allProjects, planKind: 'free', direction: 'ascending' })
}

/** The active projects that were reactivated. */
export function reactivatedList(): string {
  return formatRoute({ ...allProjects, status: 'active' })
}
