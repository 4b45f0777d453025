import { projectStatuses } from '../../core/project.ts'
import type { StatusCounts } from '../../core/queries/stats.ts'
import { useFormats, useWords } from '../i18n/language.tsx'
import { listOf } from '../overview/links.ts'
import { formatRoute } from '../route.ts'
import { Card } from '../ui/card.tsx'
import { countOf } from '../ui/count-of.ts'
import { StatusBadge } from '../ui/status-badge.tsx'
import classes from './team.module.css'

/** How many of the team's projects are in each status; each number leads to them. */
export function TeamCounts({ teamId, counts }: { teamId: string; counts: StatusCounts }) {
  const { team: words, overview } = useWords()
  const formats = useFormats()
  return (
    <Card title={words.counts} aside={<span className="muted">{overview.total(counts.total)}</span>}>
      <ul className={classes.counts}>
        {projectStatuses.map((status) => (
          <li key={status}>
            <a className={classes.count} href={formatRoute({ ...listOf(status), teamId })}>
              <StatusBadge status={status} />
              <span className={classes.number}>{formats.number(countOf(counts, status))}</span>
            </a>
          </li>
        ))}
      </ul>
    </Card>
  )
}
