import { useEffect, useRef, useState } from 'react'
import type { ListedProject, ProjectFilter } from '../../core/queries/projects.ts'
import type { KeysetWindow } from '../data/keyset-window.ts'
import type { ProjectsRoute } from '../route.ts'
import { pickMatch } from './split-match.ts'

/** Rows among which that with exactly what was searched for is looked for: the first page. */
const lookedAt = 50

/** Opens what a search finds as soon as its own answer is there: typing on, or going elsewhere, gives that up. */
export function useOpenFound(
  route: ProjectsRoute,
  filter: ProjectFilter,
  rows: KeysetWindow<ListedProject>,
  open: (projectId: string) => void,
): (search: string) => void {
  const [wanted, setWanted] = useState<string | null>(null)
  if (wanted !== null && wanted !== route.search) setWanted(null)
  const isAnswered = wanted !== null && wanted === route.search && !rows.isPending && !rows.isPrevious
  const openLatest = useRef(open)
  useEffect(() => {
    openLatest.current = open
  })
  useEffect(() => {
    if (!isAnswered) return
    setWanted(null)
    const first = Array.from({ length: Math.min(rows.end, lookedAt) }, (_, index) => rows.rowAt(index) ?? [])
    const meant = pickMatch(first.flat(), filter.search ?? '')
    if (meant !== undefined) openLatest.current(meant.id)
  }, [isAnswered, rows, filter.search])
  return setWanted
}
