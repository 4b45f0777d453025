import type { Run } from '../../core/queries/runs.ts'
import { useWords } from '../i18n/language.tsx'

/** What a sweep has done, in a sentence of numbers. */
export function RunSummary({ run }: { run: Run }) {
  const { sweeps } = useWords()
  if (run.outcome === null && run.deactivated + run.disabled === 0) return <p>{sweeps.nothingYet}</p>
  return (
    <p>
      {sweeps.summary(run.deactivated, run.disabled)} {run.mailsQueued > 0 && sweeps.summaryMails(run.mailsQueued)}
    </p>
  )
}
