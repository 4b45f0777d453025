import type { Policy } from '../../core/policy.ts'
import { type ProjectStatus, projectStatuses } from '../../core/project.ts'
import type { History } from '../../core/queries/history.ts'
import type { StatusCounts } from '../../core/queries/stats.ts'
import { useFormats, useWords } from '../i18n/language.tsx'
import { formatRoute } from '../route.ts'
import { Card } from '../ui/card.tsx'
import { countOf } from '../ui/count-of.ts'
import { StatusBadge } from '../ui/status-badge.tsx'
import { listOf } from './links.ts'
import { changeSince, weekAgo } from './status-history.ts'
import classes from './status-tiles.module.css'

interface StatusTilesProps {
  readonly counts: StatusCounts
  readonly policy: Policy
  /** Undefined until it is known. */
  readonly history: History | undefined
}

/**
 * How many projects are in each status, and the change in a week; each number leads to them, those first whose turn comes
 * first.
 */
export function StatusTiles({ counts, policy, history }: StatusTilesProps) {
  const { overview } = useWords()
  const before = history === undefined ? null : weekAgo(history)
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
              <Change by={changeSince(before, status, countOf(counts, status))} since={before?.day ?? null} />
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

/** Its place stays empty where nothing is known, so that nothing moves once it is. */
function Change({ by, since }: { by: number | null; since: string | null }) {
  const { charts } = useWords()
  const formats = useFormats()
  return (
    <span className={classes.change} title={since === null ? undefined : charts.changeSince(formats.day(since))}>
      {by === null ? '' : charts.change(by)}
    </span>
  )
}
