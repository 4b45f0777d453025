import { Button, Progress } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import type { BulkProgress } from '../../core/bulk/bulk-act.ts'
import { useTRPC } from '../data/trpc.ts'
import { useFormats, useWords } from '../i18n/language.tsx'
import { InlineError } from '../ui/error-panel.tsx'
import classes from './bulk.module.css'
import { BulkCounts } from './bulk-counts.tsx'
import { dealtWith, estimateRest } from './progress.ts'

/** How far a bulk act is, and the way to end it early. */
export function BulkRunning({ progress }: { progress: BulkProgress }) {
  const trpc = useTRPC()
  const { bulk } = useWords()
  const formats = useFormats()
  const cancel = useMutation(trpc.bulk.cancel.mutationOptions())
  const { bulkId, projects, isCancelRequested } = progress
  const dealt = dealtWith(progress)
  const rest = estimateRest(progress)
  const isEnding = isCancelRequested || cancel.isPending || cancel.isSuccess
  return (
    <div className={classes.ask}>
      <p className={classes.headline} role="status">
        {bulk.doneOf(dealt, projects)}
      </p>
      <Progress
        value={(100 * dealt) / Math.max(projects, 1)}
        size="md"
        aria-label={bulk.progress}
        transitionDuration={200}
      />
      <p className="muted">{rest && bulk.rate(rest.perSecond, formats.duration(rest.leftMicros))}</p>
      <BulkCounts progress={progress} />
      {cancel.error && <InlineError error={cancel.error} />}
      <div className={classes.buttons}>
        <Button variant="default" disabled={isEnding} onClick={() => cancel.mutate({ bulkId })}>
          {isEnding ? bulk.cancelling : bulk.cancel}
        </Button>
      </div>
      <p className="muted">{bulk.goesOn}</p>
    </div>
  )
}
