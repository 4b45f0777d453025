import { Button } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import type { PreviewCounts } from '../../core/sweep/preview.ts'
import { useTRPC } from '../data/trpc.ts'
import { useWords } from '../i18n/language.tsx'
import { InlineError } from '../ui/error-panel.tsx'
import classes from './sweep-control.module.css'

interface ConfirmationProps {
  readonly counts: PreviewCounts
  readonly onStarted: (runId: number) => void
  readonly onLeave: () => void
}

/** Says in numbers what is about to be done; the button repeats them. */
export function Confirmation({ counts, onStarted, onLeave }: ConfirmationProps) {
  const trpc = useTRPC()
  const { sweeps } = useWords()
  const { deactivated, disabled, mailsQueued } = counts
  const policy = useQuery(trpc.policy.get.queryOptions())
  const start = useMutation(trpc.sweeps.start.mutationOptions({ onSuccess: ({ runId }) => onStarted(runId) }))
  const group = useRef<HTMLFieldSetElement>(null)
  useEffect(() => group.current?.focus(), [])
  return (
    <fieldset
      ref={group}
      className={classes.confirmation}
      aria-label={sweeps.confirmTitle}
      tabIndex={-1}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onLeave()
      }}
    >
      <div>
        <p className={classes.question}>
          {sweeps.confirm(deactivated, disabled)} {sweeps.confirmMails(mailsQueued)}
        </p>
        <p className="muted">
          {deactivated > 0 && sweeps.confirmDomains} {disabled > 0 && sweeps.confirmFinal}{' '}
          {policy.data !== undefined && sweeps.confirmTakeBack(policy.data.revertDays)}
        </p>
      </div>
      <div className={classes.buttons}>
        <Button
          size="sm"
          color="danger"
          aria-disabled={start.isPending}
          onClick={() => {
            if (!start.isPending) start.mutate()
          }}
        >
          {start.isPending ? sweeps.starting : sweeps.confirmAction(deactivated, disabled)}
        </Button>
        <Button size="sm" variant="default" onClick={onLeave}>
          {sweeps.keep}
        </Button>
      </div>
      {start.error && <InlineError error={start.error} />}
    </fieldset>
  )
}
