/**
 * An instant in UTC as PostgreSQL knows it: ISO 8601 with `Z` and three or six fractional digits. A string rather than a
 * `Date`, because a `Date` loses the microseconds that keyset pages and boundaries need, and crosses IPC and HTTP alike.
 */
export type Instant = string

const shape = /^(\d{4,6}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})\.(\d{3})(\d{3})?Z$/

/** Microseconds since 1970, exact up to the year 2255. Throws a RangeError for anything that is no {@link Instant}. */
export function instantToMicros(instant: Instant): number {
  const match = shape.exec(instant)
  const seconds = match?.[1] === undefined ? Number.NaN : Date.parse(`${match[1]}Z`)
  if (match === null || Number.isNaN(seconds)) throw new RangeError(`not an instant: ${instant}`)
  return seconds * 1000 + Number(match[2]) * 1000 + Number(match[3] ?? 0)
}

/** The inverse of {@link instantToMicros}. */
export function microsToInstant(micros: number): Instant {
  const millis = Math.floor(micros / 1000)
  const rest = micros - millis * 1000
  const iso = new Date(millis).toISOString()
  return rest === 0 ? iso : iso.replace('Z', `${String(rest).padStart(3, '0')}Z`)
}

export const microsPerDay = 86_400_000_000

/** The instant `days` times 24 hours later; UTC has no daylight saving. */
export function addDays(instant: Instant, days: number): Instant {
  return microsToInstant(instantToMicros(instant) + days * microsPerDay)
}

/** Whole days from `from` to `to`, rounded down, never negative. */
export function daysBetween(from: Instant, to: Instant): number {
  return Math.max(0, Math.floor((instantToMicros(to) - instantToMicros(from)) / microsPerDay))
}

/** The later of two instants; null counts as never. */
export function latestOf(a: Instant, b: Instant | null): Instant {
  return b !== null && instantToMicros(b) > instantToMicros(a) ? b : a
}
