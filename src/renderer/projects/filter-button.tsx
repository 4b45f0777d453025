import { Button, Popover } from '@mantine/core'
import { IconFilter } from '@tabler/icons-react'
import { lazy, type Ref, Suspense } from 'react'
import { useWords } from '../i18n/language.tsx'
import type { ProjectsRoute } from '../route.ts'
import { Loading } from '../ui/empty-state.tsx'

interface FilterButtonProps {
  readonly route: ProjectsRoute
  readonly filters: number
  readonly teamName: (id: string) => string
  readonly buttonRef: Ref<HTMLButtonElement>
}

const FilterMenu = lazy(async () => ({ default: (await import('./filter-menu.tsx')).FilterMenu }))

/** Opens the filters; Escape closes them and is back at the button. */
export function FilterButton({ route, filters, teamName, buttonRef }: FilterButtonProps) {
  const { list, state } = useWords()
  return (
    <Popover position="bottom-start" width={420} trapFocus={true} returnFocus={true} shadow="md">
      <Popover.Target>
        <Button
          ref={buttonRef}
          variant="default"
          leftSection={<IconFilter size={14} stroke={1.8} aria-hidden={true} />}
        >
          {filters === 0 ? list.filters : list.filtersSet(filters)}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={list.filters}>
        <Suspense fallback={<Loading text={state.loading} />}>
          <FilterMenu route={route} teamName={teamName} />
        </Suspense>
      </Popover.Dropdown>
    </Popover>
  )
}
