import type { Run } from '../../core/queries/runs.ts'
import { useWords } from '../i18n/language.tsx'
import { formatRoute, routeOfRun, sweepsStart } from '../route.ts'
import { OutcomeTag } from '../sweep/outcome-tag.tsx'
import { RunSummary } from '../sweep/run-summary.tsx'
import { Card } from '../ui/card.tsx'
import { RelativeTime } from '../ui/times.tsx'
import classes from './aside.module.css'

/** What the latest sweep did, or that it runs. */
export function LastRun({ run }: { run: Run | null }) {
  const { overview, sweeps } = useWords()
  if (run === null) {
    return (
      <Card title={overview.lastRun}>
        <p className="muted">
          {overview.noRun} <a href={formatRoute(sweepsStart)}>{overview.openPreview}</a>
        </p>
      </Card>
    )
  }
  return (
    <Card title={overview.lastRun} aside={<OutcomeTag run={run} />}>
      <div className={classes.lines}>
        <p className={classes.large}>
          <RelativeTime at={run.startedAt} />
        </p>
        <RunSummary run={run} />
        <p className="muted">
          <a href={formatRoute(routeOfRun(run.id))}>{sweeps.ended(run.id)}</a>{' '}
          {sweeps.startedBy(run.actor, run.machine)}
        </p>
      </div>
    </Card>
  )
}
