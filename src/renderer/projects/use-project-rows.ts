import { keepPreviousData, useQuery } from '@tanstack/react-query'
import {
  type ListedProject,
  minSearchLength,
  type ProjectCursor,
  type ProjectFilter,
  type ProjectSort,
  projectCountLimit,
  projectPageSize,
} from '../../core/queries/projects.ts'
import type { StatusCounts } from '../../core/queries/stats.ts'
import { type KeysetWindow, useKeysetWindow } from '../data/keyset-window.ts'
import { useTRPC, useTRPCClient } from '../data/trpc.ts'
import type { ProjectsRoute } from '../route.ts'
import { countOf } from '../ui/count-of.ts'
import { reduceSearch } from './reduce-search.ts'

/** What the address asks for, as the server is asked for it. */
export function filterOf(route: ProjectsRoute, deployDomain: string | null): ProjectFilter {
  const { statuses, planKind, teamId, idleDays, reactivations, dueWithinDays, traits } = route
  const search = reduceSearch(route.search, deployDomain)
  return {
    statuses,
    planKind,
    teamId,
    idleDays,
    reactivations,
    dueWithinDays,
    traits,
    search: search.length < minSearchLength ? null : search,
  }
}

/** The rows of a filter in the order of the address. Each filter has its own: an answer to an older one is never shown as its. */
export function useProjectRows(
  filter: ProjectFilter,
  { sort, direction }: Pick<ProjectsRoute, 'sort' | 'direction'>,
): KeysetWindow<ListedProject> {
  const trpc = useTRPC()
  const client = useTRPCClient()
  const list = { ...filter, sort, direction, limit: projectPageSize }
  return useKeysetWindow<ListedProject, ProjectCursor>({
    queryKey: [...trpc.projects.list.pathKey(), list],
    readPage: (page, signal) => client.projects.list.query({ ...list, ...page }, { signal }),
  })
}

/** How many projects a list has; more than `projectCountLimit` are not counted. */
export interface ProjectTotal {
  readonly projects: number
  readonly isExact: boolean
}

/**
 * How many projects match; null until it is known. The platform's counts tell it if nothing but statuses narrows the list.
 */
export function useProjectTotal(
  filter: ProjectFilter,
  sort: ProjectSort,
  counts: StatusCounts | undefined,
): ProjectTotal | null {
  const trpc = useTRPC()
  const isCounted = sort === 'deactivated' || isNarrowed(filter)
  const { data, isPlaceholderData } = useQuery({
    ...trpc.projects.count.queryOptions({ ...filter, sort }),
    enabled: isCounted,
    placeholderData: keepPreviousData,
  })
  if (isCounted) {
    if (data === undefined || isPlaceholderData) return null
    return { projects: Math.min(data, projectCountLimit), isExact: data <= projectCountLimit }
  }
  if (counts === undefined) return null
  const { statuses } = filter
  const ofStatuses = statuses.reduce((sum, status) => sum + countOf(counts, status), 0)
  return { projects: statuses.length === 0 ? counts.total : ofStatuses, isExact: true }
}

function isNarrowed({ statuses: _statuses, ...rest }: ProjectFilter): boolean {
  return Object.values(rest).some((part) => (Array.isArray(part) ? part.length > 0 : part !== null))
}
