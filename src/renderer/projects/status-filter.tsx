import { type ProjectStatus, projectStatuses } from '../../core/project.ts'
import type { StatusCounts } from '../../core/queries/stats.ts'
import { useFormats, useWords } from '../i18n/language.tsx'
import { formatRoute, type ProjectsRoute } from '../route.ts'
import { countOf } from '../ui/count-of.ts'
import { StatusIcon } from '../ui/status-badge.tsx'
import classes from '../ui/status-links.module.css'

interface StatusFilterProps {
  readonly route: ProjectsRoute
  /** Of the whole platform; undefined until they are known. */
  readonly counts: StatusCounts | undefined
}

/** One link per status, with how many projects are in it. Several at once are chosen among the filters. */
export function StatusFilter({ route, counts }: StatusFilterProps) {
  const words = useWords()
  const formats = useFormats()
  const choices: readonly (ProjectStatus | null)[] = [null, ...projectStatuses]
  return (
    <nav className={classes.statuses} aria-label={words.projects.status}>
      {choices.map((status) => (
        <a
          key={status ?? 'all'}
          className={classes.status}
          href={formatRoute({ ...route, statuses: status === null ? [] : [status] })}
          aria-current={isShown(route, status) ? 'true' : undefined}
        >
          {status !== null && <StatusIcon status={status} size={12} />}
          {status === null ? words.projects.all : words.status[status]}
          {counts && <span className={classes.count}>{formats.number(countOf(counts, status))}</span>}
        </a>
      ))}
    </nav>
  )
}

function isShown({ statuses }: ProjectsRoute, status: ProjectStatus | null): boolean {
  return status === null ? statuses.length === 0 : statuses.includes(status)
}
