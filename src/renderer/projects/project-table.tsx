import { type ReactNode, type Ref, useMemo } from 'react'
import type { Policy } from '../../core/policy.ts'
import type { ListedProject } from '../../core/queries/projects.ts'
import type { BlindSpell } from '../../core/watch/deadline.ts'
import { MarkLoaded } from '../bulk/mark-loaded.tsx'
import type { ProjectMarking } from '../bulk/use-marking.ts'
import type { KeysetWindow } from '../data/keyset-window.ts'
import { useWords } from '../i18n/language.tsx'
import { formatRoute, type ProjectsRoute } from '../route.ts'
import { type GridHandle, VirtualGrid } from '../ui/virtual-grid.tsx'
import { navigate } from '../window-route.ts'
import { useProjectColumns } from './project-columns.tsx'
import classes from './project-table.module.css'

interface ProjectTableProps {
  readonly route: ProjectsRoute
  readonly policy: Policy
  readonly spells: readonly BlindSpell[]
  readonly rows: KeysetWindow<ListedProject>
  readonly total: number | null
  /** As the rows were searched for. */
  readonly search: string
  readonly empty: ReactNode
  readonly onOpen: (projectId: string, how: 'pointer' | 'keyboard') => void
  readonly marking: ProjectMarking
  readonly handle: Ref<GridHandle>
}

/** The list of projects. While one is open beside it, the arrow keys leaf through the list. */
export function ProjectTable(props: ProjectTableProps) {
  const { route, policy, spells, rows, total, search, empty, onOpen, marking, handle } = props
  const { projects, bulk } = useWords()
  const columns = useProjectColumns(route, policy, spells, search)
  const listKey = useMemo(() => formatRoute({ ...route, projectId: null }), [route])
  return (
    <div className={classes.table} data-sort={route.sort}>
      <VirtualGrid
        label={projects.list}
        columns={columns}
        lineClass={classes.line}
        rows={rows}
        keyOf={(row) => row.id}
        total={total}
        openKey={route.projectId}
        onOpen={(row, how) => onOpen(row.id, how)}
        onMove={(row) => {
          if (route.projectId !== null) navigate({ ...route, projectId: row.id }, 'replace')
        }}
        marks={{
          header: <MarkLoaded marking={marking} />,
          labelOf: (row) => bulk.markProject(row.name),
          isMarked: marking.isMarked,
          onToggle: marking.toggle,
        }}
        listKey={listKey}
        handle={handle}
        empty={empty}
      />
    </div>
  )
}
