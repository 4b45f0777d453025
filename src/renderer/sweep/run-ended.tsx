import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import type { Run } from '../../core/queries/runs.ts'
import { useTRPC } from '../data/trpc.ts'
import { useWords } from '../i18n/language.tsx'
import { OutcomeTag } from './outcome-tag.tsx'
import { RunReport } from './run-report.tsx'
import classes from './sweep-control.module.css'

/** How a sweep ended that was watched. It stays until it was seen. */
export function RunEnded({ run, onDismiss }: { run: Run; onDismiss: () => void }) {
  const { sweeps } = useWords()
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    // The button that had the focus (start, cancel) is gone: the keyboard goes on here.
    if (document.activeElement === document.body) button.current?.focus()
  }, [])
  useEffect(() => {
    // What was due before is not any more; the feed may be about to tell, but this is what is looked at.
    void queryClient.invalidateQueries(trpc.sweeps.count.pathFilter())
    void queryClient.invalidateQueries(trpc.sweeps.preview.pathFilter())
  }, [trpc, queryClient])
  return (
    <div className={classes.ended} role="status">
      <div className={classes.report}>
        <OutcomeTag run={run} />
        <RunReport run={run} />
      </div>
      <Button ref={button} size="sm" variant="default" onClick={onDismiss}>
        {sweeps.dismiss}
      </Button>
    </div>
  )
}
