import type { Run } from '../../core/queries/runs.ts'
import { useWords } from '../i18n/language.tsx'
import { allProjects, formatRoute } from '../route.ts'
import { RunSummary } from './run-summary.tsx'
import classes from './sweep-control.module.css'

/** All that a sweep has to report: what it did, what it left and what failed. */
export function RunReport({ run }: { run: Run }) {
  const { sweeps, runs } = useWords()
  return (
    <div className={classes.reportLines}>
      <RunSummary run={run} />
      {run.outcome === 'cancelled' && <p className="muted">{sweeps.cancelledHint}</p>}
      {run.isStale && <p className="muted">{sweeps.staleHint}</p>}
      {run.skipped > 0 && <p className="muted">{sweeps.skipped(run.skipped)}</p>}
      {run.notTold > 0 && <p className="muted">{runs.notTold(run.notTold)}</p>}
      {run.error !== null && (
        <p>
          {run.error.message} <code className="mono muted">{run.error.code}</code>
        </p>
      )}
      {run.failed > 0 && (
        <div>
          <p>
            {run.job === 'cleanup' ? runs.notCleaned(run.failed) : sweeps.failures(run.failed)}.{' '}
            {run.failures.length < run.failed && sweeps.failuresShown(run.failures.length)}
          </p>
          <ul className={classes.failures}>
            {run.failures.map((failure) => (
              <li key={`${failure.stage} ${failure.projectId}`}>
                <a className="mono" href={formatRoute({ ...allProjects, projectId: failure.projectId })}>
                  {failure.projectId}
                </a>{' '}
                <span className="muted">
                  {failure.stage === 'clean' ? failure.sqlstate : sweeps.stages[failure.stage]}:
                </span>{' '}
                <bdi>{failure.message}</bdi>
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  )
}
