import { Button } from '@mantine/core'
import type { Instant } from '../../core/instant.ts'
import type { PreviewCounts } from '../../core/sweep/preview.ts'
import { useFormats, useWords } from '../i18n/language.tsx'
import classes from './sweep-control.module.css'

interface DueCountsProps {
  readonly counts: PreviewCounts
  readonly nextTickAt: Instant | null
  readonly isReadOnly: boolean
  readonly onAsk: () => void
}

/** What is due, in numbers, and the way to do it. */
export function DueCounts({ counts, nextTickAt, isReadOnly, onAsk }: DueCountsProps) {
  const { sweeps, overview } = useWords()
  const formats = useFormats()
  const { deactivated, disabled, mailsQueued, lapsedPaid } = counts
  const isNothingDue = deactivated + disabled === 0
  const numbers = [
    [deactivated, sweeps.toSleep(deactivated)],
    [disabled, sweeps.toDisable(disabled)],
    [mailsQueued, sweeps.mails(mailsQueued)],
  ] as const
  return (
    <div className={classes.due}>
      <dl className={classes.numbers}>
        {numbers.map(([value, label]) => (
          <div key={label}>
            <dd>{formats.number(value)}</dd>
            <dt>{label}</dt>
          </div>
        ))}
      </dl>
      <div className={classes.notes}>
        {isNothingDue && <p>{sweeps.nothingDue}</p>}
        {nextTickAt !== null && (
          <p>
            <time dateTime={nextTickAt} title={formats.utc(nextTickAt)}>
              {sweeps.nextTick(`${formats.deadline(nextTickAt)} (${formats.utcTime(nextTickAt)})`)}
            </time>
          </p>
        )}
        {lapsedPaid > 0 && <p>{overview.lapsed(lapsedPaid)}</p>}
        {isReadOnly && <p>{sweeps.readOnly}</p>}
      </div>
      <Button size="sm" onClick={onAsk} disabled={isReadOnly || isNothingDue}>
        {sweeps.run}
      </Button>
    </div>
  )
}
