import type { Run, RunOutcome } from '../../core/queries/runs.ts'
import { useWords } from '../i18n/language.tsx'
import type { Tone } from '../ui/status-looks.ts'
import { Tag } from '../ui/tag.tsx'

const tones: Record<RunOutcome, Tone> = {
  done: 'green',
  partial: 'amber',
  cancelled: 'grey',
  failed: 'red',
  held: 'amber',
}

/** How a sweep ended; or that it runs, or that whoever ran it is gone. */
export function OutcomeTag({ run }: { run: Run }) {
  const { sweeps } = useWords()
  if (run.outcome !== null) return <Tag tone={tones[run.outcome]}>{sweeps.outcomes[run.outcome]}</Tag>
  if (run.isStale) {
    return (
      <Tag tone="amber" title={sweeps.staleHint}>
        {sweeps.stale}
      </Tag>
    )
  }
  return <Tag tone="accent">{sweeps.unfinished}</Tag>
}
