import type { Instant } from '../../core/instant.ts'
import { useFormats } from '../i18n/language.tsx'
import { useNow } from './clock.ts'
import { cutAtTimes } from './cut-at-times.ts'

/** "6 days ago", with the exact time in both zones on hover. */
export function RelativeTime({ at }: { at: Instant }) {
  const formats = useFormats()
  const now = useNow()
  return (
    <time dateTime={at} title={`${formats.exact(at)}\n${formats.utc(at)}`}>
      {formats.relative(at, now)}
    </time>
  )
}

/** Date and time in the reader's zone, with UTC on hover. */
export function ExactTime({ at }: { at: Instant }) {
  const formats = useFormats()
  return (
    <time dateTime={at} title={formats.utc(at)}>
      {formats.exact(at)}
    </time>
  )
}

/** The same with the zone's name, for what happens by then: nobody has to ask whose 03:00 it is. */
export function Deadline({ at }: { at: Instant }) {
  const formats = useFormats()
  return (
    <time dateTime={at} title={formats.utc(at)}>
      {formats.deadline(at)}
    </time>
  )
}

/** A sentence of ours with exact times in it, each with UTC on hover. */
export function TimedSentence({ text, times }: { text: string; times: readonly (Instant | null)[] }) {
  const formats = useFormats()
  return cutAtTimes(text, times, [formats.deadline, formats.exact]).map(({ part, at, start }) =>
    at === null ? (
      part
    ) : (
      <time key={start} dateTime={at} title={formats.utc(at)}>
        {part}
      </time>
    ),
  )
}
