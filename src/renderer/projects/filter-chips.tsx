import { IconX } from '@tabler/icons-react'
import type { MouseEvent } from 'react'
import { useWords } from '../i18n/language.tsx'
import type { ProjectsRoute } from '../route.ts'
import { Name } from '../ui/name.tsx'
import { navigate } from '../window-route.ts'
import { type ActiveFilter, withoutFilters } from './active-filters.ts'
import classes from './filters.module.css'

interface FilterChipsProps {
  readonly route: ProjectsRoute
  readonly filters: readonly ActiveFilter[]
  /** The last of them is gone: the focus has to go somewhere. */
  readonly onEmptied: () => void
}

/** All that narrows the list; each goes away when it is pressed. */
export function FilterChips({ route, filters, onEmptied }: FilterChipsProps) {
  const { list } = useWords()
  if (filters.length === 0) return null
  const remove = ({ without }: ActiveFilter, { currentTarget }: MouseEvent) => {
    const chip = currentTarget.parentElement
    const beside = (chip?.nextElementSibling ?? chip?.previousElementSibling)?.querySelector('button')
    if (filters.length === 1 || !beside) onEmptied()
    else beside.focus()
    navigate(without)
  }
  return (
    <div className={classes.chips}>
      <ul className={classes.chipList} aria-label={list.active}>
        {filters.map((filter) => (
          <li key={filter.key} className={classes.chipItem}>
            <button
              type="button"
              className={classes.chip}
              aria-label={list.chip.remove(filter.label)}
              onClick={(event) => remove(filter, event)}
            >
              <Name text={filter.label} />
              <IconX size={12} stroke={2} aria-hidden={true} />
            </button>
          </li>
        ))}
      </ul>
      <button
        type="button"
        className={classes.clear}
        onClick={() => {
          onEmptied()
          navigate(withoutFilters(route))
        }}
      >
        {list.clearAll}
      </button>
    </div>
  )
}
