import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import type { ProjectSort } from '../../core/queries/projects.ts'
import type { ProjectsRoute } from '../route.ts'
import { navigate } from '../window-route.ts'
import classes from './project-table.module.css'

interface SortHeaderProps {
  readonly route: ProjectsRoute
  readonly sort: ProjectSort
  readonly label: string
}

/** Sorts by its column; once more, the other way round. */
export function SortHeader({ route, sort, label }: SortHeaderProps) {
  const isSorted = route.sort === sort
  const isAscending = route.direction === 'ascending'
  const toggle = () => {
    const direction = isSorted
      ? isAscending
        ? 'descending'
        : 'ascending'
      : sort === 'name'
        ? 'ascending'
        : 'descending'
    navigate({ ...route, sort, direction })
  }
  const Arrow = isAscending ? IconArrowUp : IconArrowDown
  return (
    <button type="button" className={classes.sort} data-sorted={isSorted} onClick={toggle}>
      {label}
      {isSorted && <Arrow size={13} stroke={2} aria-hidden={true} />}
    </button>
  )
}
