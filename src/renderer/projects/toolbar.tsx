import { Button, NativeSelect } from '@mantine/core'
import { IconSortAscending, IconSortDescending } from '@tabler/icons-react'
import { type Ref, useRef } from 'react'
import { planKinds } from '../../core/project.ts'
import { projectSorts } from '../../core/queries/projects.ts'
import type { StatusCounts } from '../../core/queries/stats.ts'
import { useWords } from '../i18n/language.tsx'
import type { ProjectsRoute } from '../route.ts'
import { navigate } from '../window-route.ts'
import { activeFilters } from './active-filters.ts'
import { FilterButton } from './filter-button.tsx'
import { FilterChips } from './filter-chips.tsx'
import { SearchField } from './search-field.tsx'
import { StatusFilter } from './status-filter.tsx'
import classes from './toolbar.module.css'

interface ToolbarProps {
  readonly route: ProjectsRoute
  readonly counts: StatusCounts | undefined
  readonly teamName: (id: string) => string
  readonly found: string
  readonly onSubmitSearch: (search: string) => void
  readonly onLeaveSearch: () => void
  readonly searchRef: Ref<HTMLInputElement>
}

/** What the list is narrowed to and how it is ordered. */
export function Toolbar(props: ToolbarProps) {
  const { route, counts, teamName, found, onSubmitSearch, onLeaveSearch, searchRef } = props
  const words = useWords()
  const { projects, plan } = words
  // The search stands in its own field, where it can be cleared: as a chip it would push the list down under the typing hand.
  const filters = activeFilters(route, words, teamName).filter(({ key }) => key !== 'search')
  const filterButton = useRef<HTMLButtonElement>(null)
  const isAscending = route.direction === 'ascending'
  const order = isAscending ? projects.ascending : projects.descending
  const OrderIcon = isAscending ? IconSortAscending : IconSortDescending
  return (
    <div className={classes.toolbar}>
      <div className={classes.controls}>
        <SearchField
          value={route.search}
          onChange={(search) => navigate({ ...route, search }, 'replace')}
          onSubmit={onSubmitSearch}
          onLeave={onLeaveSearch}
          inputRef={searchRef}
        />
        <NativeSelect
          aria-label={projects.plan}
          value={route.planKind ?? ''}
          onChange={({ currentTarget: { value } }) =>
            navigate({ ...route, planKind: planKinds.find((kind) => kind === value) ?? null })
          }
          data={[
            { value: '', label: projects.allPlans },
            ...planKinds.map((kind) => ({ value: kind, label: plan[kind] })),
          ]}
        />
        <span className={classes.sort}>
          <NativeSelect
            aria-label={projects.sort}
            value={route.sort}
            onChange={({ currentTarget: { value } }) =>
              navigate({ ...route, sort: projectSorts.find((sort) => sort === value) ?? route.sort })
            }
            data={projectSorts.map((sort) => ({ value: sort, label: projects.sorts[sort] }))}
          />
          <Button
            variant="default"
            px={7}
            aria-label={order}
            title={order}
            onClick={() => navigate({ ...route, direction: isAscending ? 'descending' : 'ascending' })}
          >
            <OrderIcon size={16} stroke={1.7} aria-hidden={true} />
          </Button>
        </span>
        <FilterButton route={route} filters={filters.length} teamName={teamName} buttonRef={filterButton} />
        <span className={classes.found} aria-live="polite">
          {found}
        </span>
      </div>
      <FilterChips route={route} filters={filters} onEmptied={() => filterButton.current?.focus()} />
      <StatusFilter route={route} counts={counts} />
    </div>
  )
}
