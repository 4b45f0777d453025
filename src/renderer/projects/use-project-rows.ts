import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import {
  type ListedProject,
  minSearchLength,
  type ProjectCursor,
  type ProjectFilter,
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

/**
 * How many projects match, up to `projectCountLimit` + 1; null until it is known. The platform's counts tell it if nothing
 * but statuses narrows the list. Sorted by deactivation the list leaves some out, and its end alone tells.
 */
export function useProjectTotal(
  filter: ProjectFilter,
  sort: ProjectsRoute['sort'],
  counts: StatusCounts | undefined,
): number | null {
  const trpc = useTRPC()
  const isNarrowed = useMemo(() => {
    const { statuses: _statuses, ...rest } = filter
    return Object.values(rest).some((part) => (Array.isArray(part) ? part.length > 0 : part !== null))
  }, [filter])
  const isCounted = sort !== 'deactivated'
  const { data, isPlaceholderData } = useQuery({
    ...trpc.projects.count.queryOptions(filter),
    enabled: isCounted && isNarrowed,
    placeholderData: keepPreviousData,
  })
  if (!isCounted) return null
  if (isNarrowed) return data === undefined || isPlaceholderData ? null : data
  if (counts === undefined) return null
  const { statuses } = filter
  return statuses.length === 0 ? counts.total : statuses.reduce((sum, status) => sum + countOf(counts, status), 0)
}
