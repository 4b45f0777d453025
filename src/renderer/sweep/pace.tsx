import type { Run } from '../../core/queries/runs.ts'
import { useFormats, useWords } from '../i18n/language.tsx'
import { milestoneOf, roundLeft, roundRate } from './estimate-progress.ts'
import { useProgressEstimate } from './use-progress-estimate.ts'

interface PaceProps {
  readonly run: Run
  readonly total: number
  readonly isEnding: boolean
}

/** How fast a sweep goes and how long it may take still; said aloud are its quarters, and that it is about to end. */
export function Pace({ run, total, isEnding }: PaceProps) {
  const { progress: words } = useWords()
  const formats = useFormats()
  const { last, perSecond, endsAtMs } = useProgressEstimate(run, total)
  const done = run.deactivated + run.disabled
  const milestone = milestoneOf(done, total)
  const atMs = last?.atMs ?? 0
  const parts = [
    perSecond !== null && perSecond > 0 && words.rate(roundRate(perSecond)),
    isEnding ? words.ending : sayLeft(),
  ]
  return (
    <>
      <span className="muted">{parts.filter((part) => part !== false).join(', ')}</span>
      <span className="unseen" role="status">
        {isEnding ? words.ending : milestone > 0 && words.milestone(milestone)}
      </span>
    </>
  )

  function sayLeft(): string {
    if (done === 0) return words.first
    if (perSecond === null) return words.measuring
    if (endsAtMs === null) return words.waiting
    const left = roundLeft(endsAtMs - atMs)
    return left === null ? words.leftSoon : words.left(formats.duration(left * 1_000))
  }
}
