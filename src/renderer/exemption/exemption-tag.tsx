import { type Instant, instantToMicros } from '../../core/instant.ts'
import type { ProjectRow } from '../../core/queries/projects.ts'
import { useFormats, useWords } from '../i18n/language.tsx'
import { useNow } from '../ui/clock.ts'
import { Tag } from '../ui/tag.tsx'
import classes from './exemption.module.css'

/** Beside a project's status: that sweeps leave it alone, and until when. */
export function ExemptionTag({ exemption }: Pick<ProjectRow, 'exemption'>) {
  const { exemption: words } = useWords()
  const formats = useFormats()
  const now = useNow()
  if (exemption === null) return null
  const { until } = exemption
  if (until === null) return <Tag title={words.tagForGood}>{words.tag}</Tag>
  if (instantToMicros(until) <= instantToMicros(now)) return null
  return (
    <Tag title={words.tagTitle(formats.exact(until), formats.utc(until))}>
      <span className={classes.tagLong}>{words.tagUntil(dayOf(until, now, formats.day))}</span>
      <span className={classes.tagShort} aria-hidden={true}>
        {words.tag}
      </span>
    </Tag>
  )
}

/** The day in UTC, as it was typed; with its year if that is another one. */
function dayOf(until: Instant, now: Instant, day: (day: string) => string): string {
  const year = until.slice(0, 4)
  return year === now.slice(0, 4) ? day(until.slice(0, 10)) : `${day(until.slice(0, 10))} ${year}`
}
