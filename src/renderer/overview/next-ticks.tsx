import type { NextTicks as Ticks } from '../../core/jobs/next-ticks.ts'
import type { Job } from '../../core/jobs/ticks.ts'
import { useFormats, useWords } from '../i18n/language.tsx'
import { Card } from '../ui/card.tsx'
import { useNow } from '../ui/clock.ts'
import { Deadline, ExactTime } from '../ui/times.tsx'
import classes from './aside.module.css'

const otherJobs = ['counts', 'pruning', 'cleanup'] as const satisfies readonly Job[]

/** When the unattended sweep is due, and the other jobs. */
export function NextTicks({ ticks }: { ticks: Ticks }) {
  const { unattended, jobs: names } = useWords().policy
  const formats = useFormats()
  const now = useNow()
  const others = otherJobs.toSorted((one, other) => ((ticks[one] ?? '') < (ticks[other] ?? '') ? -1 : 1))
  return (
    <Card title={unattended.ticks}>
      <div className={classes.lines}>
        {ticks.sweep === null ? (
          <p>{unattended.noTick}</p>
        ) : (
          <>
            <p className={classes.large}>
              {names.sweep} {formats.utcTime(ticks.sweep)}
            </p>
            <p>
              <Deadline at={ticks.sweep} />
              <span className="muted">, {formats.relative(ticks.sweep, now)}</span>
            </p>
          </>
        )}
        <dl className={classes.ticks}>
          {others.map((job) => (
            <div key={job}>
              <dt>{names[job]}</dt>
              <dd>
                <Tick at={ticks[job]} />
              </dd>
            </div>
          ))}
        </dl>
      </div>
    </Card>
  )
}

function Tick({ at }: { at: Ticks[Job] }) {
  const { unattended } = useWords().policy
  return at === null ? unattended.never : <ExactTime at={at} />
}
