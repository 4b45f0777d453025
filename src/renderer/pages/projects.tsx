import { useQuery } from '@tanstack/react-query'
import { type ComponentProps, lazy, Suspense, useEffect, useRef, useState } from 'react'
import { defaultPolicy } from '../../core/policy.ts'
import type { ProjectRow } from '../../core/queries/projects.ts'
import { BulkBar } from '../bulk/bulk-bar.tsx'
import { useMarking } from '../bulk/use-marking.ts'
import type { KeysetWindow } from '../data/keyset-window.ts'
import { type Status, useTRPC } from '../data/trpc.ts'
import { useSpells } from '../data/use-spells.ts'
import type { Words } from '../i18n/en.ts'
import { useWords } from '../i18n/language.tsx'
import { takeFocusWish } from '../keys/focus-wish.ts'
import { useTeamNames } from '../policy/use-team-names.ts'
import { EmptyList } from '../projects/empty-list.tsx'
import { ProjectTable } from '../projects/project-table.tsx'
import { Toolbar } from '../projects/toolbar.tsx'
import { useOpenFound } from '../projects/use-open-found.ts'
import { filterOf, type ProjectTotal, useProjectRows, useProjectTotal } from '../projects/use-project-rows.ts'
import type { ProjectsRoute } from '../route.ts'
import { Loading } from '../ui/empty-state.tsx'
import { useListKeys } from '../ui/use-list-keys.ts'
import type { GridHandle } from '../ui/virtual-grid.tsx'
import { navigate } from '../window-route.ts'
import classes from './list-and-panel.module.css'

const BulkPanel = lazy(async () => ({ default: (await import('../bulk/bulk-panel.tsx')).BulkPanel }))
type BulkSubject = ComponentProps<typeof BulkPanel>['subject']
const ProjectPanel = lazy(async () => ({ default: (await import('../project/project-panel.tsx')).ProjectPanel }))

/** The list of projects, and beside it (from 1200 px; below, in its place) the one that is open. */
export function ProjectsPage({ route, status }: { route: ProjectsRoute; status: Status }) {
  const trpc = useTRPC()
  const words = useWords()
  const grid = useRef<GridHandle>(null)
  const search = useRef<HTMLInputElement>(null)
  const panel = useRef<HTMLElement>(null)
  const isPanelWanted = useRef(false)
  const summary = useQuery(trpc.overview.summary.queryOptions())
  const filter = filterOf(route, status.deployDomain)
  const rows = useProjectRows(filter, route)
  const spells = useSpells()
  const counted = useProjectTotal(filter, route.sort, summary.data?.counts)
  const total = rows.isComplete ? { projects: rows.end, isExact: true } : counted
  const teamName = useTeamNames(route.teamId === null ? [] : [route.teamId])
  const view = { ...filter, sort: route.sort, direction: route.direction }
  const marking = useMarking(view, rows, total)
  const [bulk, setBulk] = useState<BulkSubject | null>(null)
  const [shownId, setShownId] = useState(route.projectId)
  // Whatever leads to a project, also a link, the palette or "back": it does not stay behind the bulk act.
  if (shownId !== route.projectId) {
    setShownId(route.projectId)
    if (route.projectId !== null) setBulk(null)
  }
  const isOpen = route.projectId !== null || bulk !== null

  const isListWanted = useRef(false)
  const close = () => {
    isListWanted.current = true
    if (bulk === null) navigate({ ...route, projectId: null })
    else setBulk(null)
  }
  const focusSearch = () => {
    search.current?.focus()
    search.current?.select()
  }
  useListKeys({ focusSearch, ...(isOpen ? { close } : {}) })

  const open = (projectId: string, how: 'pointer' | 'keyboard') => {
    isPanelWanted.current = how === 'keyboard'
    setBulk(null)
    navigate({ ...route, projectId })
    if (projectId === route.projectId && how === 'keyboard') panel.current?.focus()
  }
  const submitSearch = useOpenFound(route, filter, rows, (projectId) => open(projectId, 'keyboard'))

  useEffect(() => {
    const isWished = takeFocusWish()
    if (route.projectId !== null && (isPanelWanted.current || isWished)) panel.current?.focus()
    // In a narrow window the list can take the focus only once it is seen again.
    if (!isOpen && isListWanted.current) grid.current?.focus()
    isPanelWanted.current = false
    isListWanted.current = false
  }, [route.projectId, isOpen])

  useEffect(() => {
    if (bulk !== null) panel.current?.focus()
  }, [bulk])

  return (
    <div className={classes.page} data-open={isOpen}>
      <div className={classes.list}>
        <Toolbar
          route={route}
          counts={summary.data?.counts}
          teamName={teamName}
          found={foundText(words, total, rows)}
          onSubmitSearch={(text) => {
            if (filterOf({ ...route, search: text }, status.deployDomain).search === null) grid.current?.focus()
            else submitSearch(text)
          }}
          onLeaveSearch={() => grid.current?.focus()}
          searchRef={search}
        />
        {route.sort === 'deactivated' && <p className={classes.note}>{words.projects.onlyWithDate}</p>}
        <ProjectTable
          route={route}
          policy={summary.data?.policy ?? defaultPolicy}
          spells={spells}
          rows={rows}
          total={total?.isExact ? total.projects : null}
          search={filter.search ?? ''}
          empty={<EmptyList route={route} deployDomain={status.deployDomain} teamName={teamName} />}
          onOpen={open}
          marking={marking}
          handle={grid}
        />
        <BulkBar
          marking={marking}
          view={view}
          isReadOnly={status.facts?.isReadOnly ?? false}
          onAsk={(act) => setBulk({ kind: 'ask', act, selection: marking.selection })}
          onShow={(bulkId) => setBulk({ kind: 'act', bulkId })}
        />
        <p className="unseen">{words.projects.keys}</p>
      </div>
      <aside
        ref={panel}
        className={classes.panel}
        tabIndex={-1}
        aria-label={bulk === null ? words.project.title : words.bulk.panel}
        hidden={!isOpen}
      >
        {bulk !== null && (
          <Suspense fallback={<Loading text={words.state.loading} />}>
            <BulkPanel key={JSON.stringify(bulk)} subject={bulk} onStarted={marking.clear} onClose={close} />
          </Suspense>
        )}
        {bulk === null && route.projectId !== null && (
          <Suspense fallback={<Loading text={words.state.loading} />}>
            <ProjectPanel
              key={route.projectId}
              projectId={route.projectId}
              status={status}
              activity={route.activity}
              onActivity={(activity) => navigate({ ...route, activity }, 'replace')}
              onClose={close}
            />
          </Suspense>
        )}
      </aside>
    </div>
  )
}

function foundText(words: Words, total: ProjectTotal | null, rows: KeysetWindow<ProjectRow>): string {
  if (rows.isPrevious || (rows.end === 0 && !rows.isComplete)) return ''
  if (total === null) return words.projects.loaded(rows.end)
  return total.isExact ? words.projects.total(total.projects) : words.list.moreThan(total.projects)
}
