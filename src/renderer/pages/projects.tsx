import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { defaultPolicy } from '../../core/policy.ts'
import type { ProjectRow } from '../../core/queries/projects.ts'
import type { KeysetWindow } from '../data/keyset-window.ts'
import { type Status, useTRPC } from '../data/trpc.ts'
import { useSpells } from '../data/use-spells.ts'
import type { Words } from '../i18n/en.ts'
import { useWords } from '../i18n/language.tsx'
import { ProjectPanel } from '../project/project-panel.tsx'
import { ProjectTable } from '../projects/project-table.tsx'
import { Toolbar } from '../projects/toolbar.tsx'
import { filterOf, useProjectRows, useProjectTotal } from '../projects/use-project-rows.ts'
import { navigate, type ProjectsRoute } from '../route.ts'
import { useListKeys } from '../ui/use-list-keys.ts'
import type { GridHandle } from '../ui/virtual-grid.tsx'
import classes from './list-and-panel.module.css'

/** The list of projects, and beside it (from 1200 px; below, in its place) the one that is open. */
export function ProjectsPage({ route, status }: { route: ProjectsRoute; status: Status }) {
  const trpc = useTRPC()
  const words = useWords()
  const grid = useRef<GridHandle>(null)
  const search = useRef<HTMLInputElement>(null)
  const panel = useRef<HTMLElement>(null)
  const summary = useQuery(trpc.overview.summary.queryOptions())
  const filter = filterOf(route, status.deployDomain)
  const rows = useProjectRows(filter, route)
  const spells = useSpells()
  const counted = useProjectTotal(filter, route.sort, summary.data?.counts)
  const total = rows.isComplete ? rows.end : counted

  const close = () => {
    navigate({ ...route, projectId: null })
    grid.current?.focus()
  }
  const focusSearch = () => {
    search.current?.focus()
    search.current?.select()
  }
  useListKeys({ focusSearch, ...(route.projectId !== null ? { close } : {}) })

  const isPanelWanted = useRef(false)
  useEffect(() => {
    if (route.projectId !== null && isPanelWanted.current) panel.current?.focus()
    isPanelWanted.current = false
  }, [route.projectId])

  return (
    <div className={classes.page} data-open={route.projectId !== null}>
      <div className={classes.list}>
        <Toolbar
          route={route}
          counts={summary.data?.counts}
          teamName={route.teamId === null ? undefined : rows.rowAt(0)?.teamName}
          found={foundText(words.projects, total, rows)}
          onLeaveSearch={() => grid.current?.focus()}
          searchRef={search}
        />
        {route.sort === 'deactivated' && <p className={classes.note}>{words.projects.onlyWithDate}</p>}
        <ProjectTable
          route={route}
          policy={summary.data?.policy ?? defaultPolicy}
          spells={spells}
          rows={rows}
          total={total}
          onOpen={(projectId, how) => {
            isPanelWanted.current = how === 'keyboard'
            navigate({ ...route, projectId })
            if (projectId === route.projectId && how === 'keyboard') panel.current?.focus()
          }}
          handle={grid}
        />
        <p className="unseen">{words.projects.keys}</p>
      </div>
      <aside
        ref={panel}
        className={classes.panel}
        tabIndex={-1}
        aria-label={words.project.title}
        hidden={route.projectId === null}
      >
        {route.projectId !== null && (
          <ProjectPanel key={route.projectId} projectId={route.projectId} status={status} onClose={close} />
        )}
      </aside>
    </div>
  )
}

function foundText(words: Words['projects'], total: number | null, rows: KeysetWindow<ProjectRow>): string {
  if (rows.end === 0 && !rows.isComplete) return ''
  return total === null ? words.loaded(rows.end) : words.total(total)
}
