import { type Instant, instantToMicros } from '../../instant.ts'

const locales = { en: 'en-GB', fr: 'fr-FR' } as const
const joins = { en: ' at ', fr: ' à ' } as const

/**
 * An instant to the minute in UTC, and in the policy's zone beside it: “Monday 30 November 2026 at 02:00 UTC (Monday 30
 * November 2026 at 03:00, Europe/Paris)”. Seconds are dropped, so that a deadline is never given too late.
 */
export function formatInstant(instant: Instant, language: 'en' | 'fr', zone: string): string {
  const ms = Math.floor(instantToMicros(instant) / 1000)
  const inUtc = `${formatIn(ms, language, 'UTC')} UTC`
  if (!isOtherZone(zone)) return inUtc
  return `${inUtc} (${formatIn(ms, language, zone)}, ${zone})`
}

function formatIn(ms: number, language: 'en' | 'fr', timeZone: string): string {
  const key = `${Math.floor(ms / 60_000)} ${language} ${timeZone}`
  const kept = written.get(key)
  if (kept !== undefined) return kept
  const { day, time } = formatsOf(language, timeZone)
  // Joined by hand: whether a comma follows the weekday depends on the runtime's version of ICU.
  const words = day.formatToParts(ms).filter((part) => part.type !== 'literal')
  const text = `${words.map((part) => part.value).join(' ')}${joins[language]}${time.format(ms)}`
  if (written.size >= maxWritten) written.clear()
  written.set(key, text)
  return text
}

/** Kept by the minute: the mails of one sweep tell of the same few, and writing them takes most of rendering. */
const written = new Map<string, string>()
const maxWritten = 1_000

interface Formats {
  readonly day: Intl.DateTimeFormat
  readonly time: Intl.DateTimeFormat
}

const known = new Map<string, Formats>()

/** Kept: making one takes longer than rendering a mail. */
function formatsOf(language: 'en' | 'fr', timeZone: string): Formats {
  const key = `${language} ${timeZone}`
  const kept = known.get(key)
  if (kept !== undefined) return kept
  const locale = locales[language]
  const formats = {
    day: new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', timeZone }),
    time: new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone }),
  }
  known.set(key, formats)
  return formats
}

function isOtherZone(zone: string): boolean {
  if (/^(etc\/)?(utc|gmt|uct|zulu)$/i.test(zone)) return false
  try {
    formatsOf('en', zone)
    return true
  } catch {
    return false
  }
}
