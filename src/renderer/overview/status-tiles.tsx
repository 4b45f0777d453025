import type { Policy } from '../../core/policy.ts'
import { type ProjectStatus, projectStatuses } from '../../core/project.ts'
import type { StatusCounts } from '../../core/queries/stats.ts'
import { useFormats, useWords } from '../i18n/language.tsx'
import { allProjects, formatRoute, type ProjectsRoute } from '../route.ts'
import { Card } from '../ui/card.tsx'
import { countOf } from '../ui/count-of.ts'
import { StatusBadge } from '../ui/status-badge.tsx'
import classes from './status-tiles.module.css'

/** How many projects are in each status; each number leads to them, those first whose turn comes first. */
export function StatusTiles({ counts, policy }: { counts: StatusCounts; policy: Policy }) {
  const { overview } = useWords()
  const formats = useFormats()
  const shareOf = (status: ProjectStatus) => (counts.total === 0 ? 0 : countOf(counts, status) / counts.total)
  return (
    <Card title={overview.byStatus} aside={<span className="muted">{overview.total(counts.total)}</span>}>
      <ul className={classes.tiles}>
        {projectStatuses.map((status) => (
          <li key={status}>
            <a className={classes.tile} href={formatRoute(listOf(status))}>
              <StatusBadge status={status} />
              <span className={classes.number}>{formats.number(countOf(counts, status))}</span>
              <span className={classes.share}>{formats.percent(shareOf(status))}</span>
            </a>
          </li>
        ))}
      </ul>
      <div className={classes.bar} aria-hidden="true">
        {projectStatuses.map((status) => (
          <span key={status} data-status={status} style={{ flexGrow: shareOf(status) }} />
        ))}
      </div>
      <p className={classes.rule}>{overview.rule(policy.inactiveAfterDays, policy.disabledAfterDays)}</p>
    </Card>
  )
}

function listOf(status: ProjectStatus): ProjectsRoute {
  const list = { ...allProjects, statuses: [status] }
  if (status === 'active') return { ...list, direction: 'ascending' }
  if (status === 'inactive') return { ...list, sort: 'deactivated', direction: 'ascending' }
  return status === 'permanently_disabled' ? { ...list, sort: 'deactivated' } : list
}
