import type { BulkProgress } from '../../core/bulk/bulk-act.ts'
import { useWords } from '../i18n/language.tsx'
import classes from './bulk.module.css'
import { BulkCounts } from './bulk-counts.tsx'
import { BulkResults } from './bulk-results.tsx'
import { dealtWith } from './progress.ts'

/** How a bulk act ended, in numbers, and what became of each project. */
export function BulkEnded({ progress }: { progress: BulkProgress }) {
  const { bulk, errors } = useWords()
  const { state, error, projects, reason } = progress
  const left = projects - dealtWith(progress)
  return (
    <div className={classes.ask}>
      <div role="status">
        <p className={classes.headline}>
          {state === 'cancelled'
            ? bulk.ended.cancelled(left)
            : state === 'failed'
              ? bulk.ended.failed(left)
              : bulk.ended.done}
        </p>
        {error && <p>{errors.sentence(error)}</p>}
        <p className="muted">
          <bdi>{reason}</bdi>
        </p>
      </div>
      <BulkCounts progress={progress} />
      <BulkResults progress={progress} />
    </div>
  )
}
