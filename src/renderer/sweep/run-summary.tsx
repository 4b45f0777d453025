import type { Run } from '../../core/queries/runs.ts'
import type { Words } from '../i18n/en.ts'
import { useWords } from '../i18n/language.tsx'

/** What a run has done, in a sentence of numbers. */
export function RunSummary({ run }: { run: Run }) {
  const { sweeps, runs } = useWords()
  if (run.job !== 'sweep' || run.isPreview || run.outcome === 'held') return <p>{summarize(run, runs)}</p>
  if (run.outcome === null && run.deactivated + run.disabled === 0) return <p>{sweeps.nothingYet}</p>
  return (
    <p>
      {sweeps.summary(run.deactivated, run.disabled)} {run.mailsQueued > 0 && sweeps.summaryMails(run.mailsQueued)}
    </p>
  )
}

/** Of a run that swept nothing itself. */
function summarize(run: Run, words: Words['runs']): string {
  if (run.isPreview) return words.previewed(run.deactivated, run.disabled)
  if (run.outcome === 'held') return words.held
  if (run.job === 'revert') {
    const isBegun = run.outcome !== null || run.deactivated + run.disabled > 0
    return isBegun ? words.reverted(run.deactivated, run.disabled) : words.nothingReverted
  }
  if (run.outcome === null) return words.underWay
  if (run.job === 'cleanup' && run.outcome === 'partial') return words.cleaned(run.containersRemoved)
  if (run.outcome !== 'done') return ''
  return { counts: words.counted, pruning: words.pruned, cleanup: words.cleaned(run.containersRemoved), sweep: '' }[
    run.job
  ]
}
