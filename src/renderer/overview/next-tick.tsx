import type { Instant } from '../../core/instant.ts'
import { useFormats, useWords } from '../i18n/language.tsx'
import { Card } from '../ui/card.tsx'
import { useNow } from '../ui/clock.ts'
import { ExactTime } from '../ui/times.tsx'
import classes from './aside.module.css'

/** When the nightly sweep is due. */
export function NextTick({ at }: { at: Instant }) {
  const { overview } = useWords()
  const formats = useFormats()
  const now = useNow()
  return (
    <Card title={overview.nextTick}>
      <div className={classes.lines}>
        <p className={classes.large}>{formats.utcTime(at)}</p>
        <p>
          <ExactTime at={at} />
          <span className="muted">, {formats.relative(at, now)}</span>
        </p>
        <p className="muted">{overview.noScheduler}</p>
      </div>
    </Card>
  )
}
