import { Button, Progress } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { instantToMicros } from '../../core/instant.ts'
import type { Run } from '../../core/queries/runs.ts'
import type { PreviewCounts } from '../../core/sweep/preview.ts'
import { useTRPC } from '../data/trpc.ts'
import { useFormats, useWords } from '../i18n/language.tsx'
import { useNow } from '../ui/clock.ts'
import { InlineError } from '../ui/error-panel.tsx'
import { Pace } from './pace.tsx'
import { RunSummary } from './run-summary.tsx'
import classes from './sweep-control.module.css'
import { usePlannedTotal } from './use-planned-total.ts'

interface RunProgressProps {
  readonly run: Run
  /** What was due when it was last counted. */
  readonly counts: PreviewCounts | undefined
}

/** How far a sweep is, and the way to end it early. */
export function RunProgress({ run, counts }: RunProgressProps) {
  const trpc = useTRPC()
  const { sweeps } = useWords()
  const formats = useFormats()
  const now = useNow('second')
  const cancel = useMutation(trpc.sweeps.cancel.mutationOptions())
  const done = run.deactivated + run.disabled
  const total = usePlannedTotal(run, counts)
  const isEnding = run.isCancelRequested || cancel.isPending || cancel.isSuccess
  return (
    <div className={classes.progress}>
      <div className={classes.progressLine}>
        <span className={classes.question}>{sweeps.doneOf(done, total)}</span>
        <Pace run={run} total={total} isEnding={isEnding} />
        <span className="muted">{formats.duration(instantToMicros(now) - instantToMicros(run.startedAt))}</span>
      </div>
      <Progress
        value={(100 * done) / Math.max(total, 1)}
        size="md"
        aria-label={sweeps.progress}
        transitionDuration={200}
      />
      <div className={classes.progressLine}>
        <div className={classes.sides}>
          <RunSummary run={run} />
          <p className="muted">{sweeps.startedBy(run.actor, run.machine)}</p>
        </div>
        <Button variant="default" onClick={() => cancel.mutate({ runId: run.id })} disabled={isEnding}>
          {isEnding ? sweeps.cancelling : sweeps.cancel}
        </Button>
      </div>
      {cancel.error && <InlineError error={cancel.error} />}
    </div>
  )
}
