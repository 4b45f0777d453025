import type { Instant } from '../../core/instant.ts'
import { useFormats } from '../i18n/language.tsx'
import { useNow } from './clock.ts'

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
