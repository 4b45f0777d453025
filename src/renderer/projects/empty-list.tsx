import { useQueries } from '@tanstack/react-query'
import { projectCountLimit } from '../../core/queries/projects.ts'
import { useTRPC } from '../data/trpc.ts'
import { useWords } from '../i18n/language.tsx'
import { formatRoute, type ProjectsRoute } from '../route.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { looseningsOf, withoutFilters } from './active-filters.ts'
import classes from './filters.module.css'
import { filterOf } from './use-project-rows.ts'

interface EmptyListProps {
  readonly route: ProjectsRoute
  readonly deployDomain: string | null
  readonly teamName: (id: string) => string
}

/** Nothing matches: says which part of the filter to leave out, and how many projects there would be then. */
export function EmptyList({ route, deployDomain, teamName }: EmptyListProps) {
  const trpc = useTRPC()
  const words = useWords()
  const { projects, list } = words
  const loosenings = looseningsOf(route, words, teamName)
  const counts = useQueries({
    queries: loosenings.map(({ without }) =>
      trpc.projects.count.queryOptions({ ...filterOf(without, deployDomain), sort: without.sort }),
    ),
  })
  if (loosenings.length === 0) return <EmptyState title={projects.emptyPlatform} hint={projects.emptyPlatformHint} />
  const helpful = loosenings.flatMap((loosening, index) => {
    const found = counts[index]?.data ?? 0
    return found > 0 ? [{ ...loosening, found }] : []
  })
  const isKnown = counts.every(({ isPending }) => !isPending)
  const all = <a href={formatRoute(withoutFilters(route))}>{projects.showAll}</a>
  if (helpful.length === 0) {
    const hint = isKnown && loosenings.length > 1 ? { hint: list.loosenNothing } : {}
    return <EmptyState title={projects.empty} {...hint} action={all} />
  }
  return (
    <EmptyState
      title={projects.empty}
      hint={list.loosen}
      action={
        <>
          <ul className={classes.loosenings}>
            {helpful.map(({ key, label, without, found }) => (
              <li key={key}>
                <a href={formatRoute(without)}>{list.without(label, describeTotal(found))}</a>
              </li>
            ))}
          </ul>
          {all}
        </>
      }
    />
  )

  function describeTotal(found: number): string {
    return found > projectCountLimit ? list.moreThan(projectCountLimit) : projects.total(found)
  }
}
