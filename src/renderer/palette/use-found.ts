import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { minSearchLength } from '../../core/queries/projects.ts'
import { useTRPC, useTRPCClient } from '../data/trpc.ts'
import { useWords } from '../i18n/language.tsx'
import { reduceSearch } from '../projects/reduce-search.ts'
import { exactFirst } from '../projects/split-match.ts'
import { allProjects, formatRoute } from '../route.ts'
import type { Entry } from './palette-actions.ts'
import { readRecentProjects } from './recent-projects.ts'

const shownProjects = 8
const pauseMs = 120

interface Found {
  readonly entries: readonly Entry[]
  /** Whether what is shown answers what is typed. */
  readonly isCurrent: boolean
  readonly isShort: boolean
  readonly error: unknown
}

/** The projects and teams that a text finds, by the same search as the list; those opened before for none. */
export function useFound(text: string, deployDomain: string | null): Found {
  const trpc = useTRPC()
  const client = useTRPCClient()
  const words = useWords()
  const wanted = reduceSearch(text, deployDomain)
  const [search] = useDebouncedValue(wanted, pauseMs)
  const isShort = wanted.length < minSearchLength
  const isAsked = !isShort && search.length >= minSearchLength
  const options = { enabled: isAsked, placeholderData: keepPreviousData, staleTime: 5_000 }
  const { page: _page, projectId: _projectId, ...everything } = allProjects
  const projects = useQuery({
    queryKey: [...trpc.projects.list.pathKey(), 'palette', search],
    queryFn: ({ signal }) =>
      client.projects.list.query(
        { ...everything, search, cursor: null, towards: 'forward', limit: shownProjects },
        { signal },
      ),
    ...options,
  })
  const teams = useQuery(trpc.palette.teams.queryOptions({ search }, options))
  if (wanted === '')
    return { entries: readRecentProjects().map(recentEntry), isCurrent: true, isShort: false, error: null }
  if (isShort) return { entries: [], isCurrent: true, isShort, error: null }
  const entries = [
    ...exactFirst(projects.data?.rows ?? [], search).map((row) => ({
      key: `project ${row.id}`,
      group: 'projects' as const,
      label: row.name,
      note: `${row.teamName} · ${words.status[row.status]}`,
      act: { to: formatRoute({ ...allProjects, projectId: row.id }) },
    })),
    ...(teams.data ?? []).map((team) => ({
      key: `team ${team.id}`,
      group: 'teams' as const,
      label: team.name,
      note: team.slug ?? team.id,
      act: { to: formatRoute({ page: 'team', teamId: team.id }) },
    })),
  ]
  const isWaiting = [projects, teams].some((query) => query.isPlaceholderData || query.isPending)
  const error = projects.error ?? teams.error
  return { entries, isCurrent: error !== null || (search === wanted && !isWaiting), isShort, error }
}

function recentEntry({ id, name }: { id: string; name: string }): Entry {
  return {
    key: `recent ${id}`,
    group: 'recent',
    label: name,
    note: id.slice(0, 7),
    act: { to: formatRoute({ ...allProjects, projectId: id }) },
  }
}
