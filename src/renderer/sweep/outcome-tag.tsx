import type { Run, RunOutcome } from '../../core/queries/runs.ts'
import { useWords } from '../i18n/language.tsx'
import type { Tone } from '../ui/status-looks.ts'
import { Tag } from '../ui/tag.tsx'
import classes from './runs.module.css'

const tones: Record<RunOutcome, Tone> = {
  done: 'green',
  partial: 'amber',
  cancelled: 'grey',
  failed: 'red',
  held: 'amber',
}

/** How a sweep ended, and whether that still stands; or that it runs, or that whoever ran it is gone. */
export function OutcomeTag({ run }: { run: Run }) {
  const { sweeps, runs } = useWords()
  const { outcome, hold } = run
  if (outcome === 'held' && hold !== null && hold.status !== 'open') return <Tag>{runs.heldAnd[hold.status]}</Tag>
  if (outcome !== null) {
    return (
      <span className={classes.tags}>
        <Tag tone={tones[outcome]}>{sweeps.outcomes[outcome]}</Tag>
        {run.revertedByRunId !== null && <Tag>{runs.takenBack}</Tag>}
      </span>
    )
  }
  if (run.isStale) {
    return (
      <Tag tone="amber" title={sweeps.staleHint}>
        {sweeps.stale}
      </Tag>
    )
  }
  return <Tag tone="accent">{sweeps.unfinished}</Tag>
}
