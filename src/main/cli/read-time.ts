import type { Instant } from '../../core/instant.ts'

/** A day or time in ISO 8601 as an instant, UTC if it names no zone; undefined for what is none. */
export function readTime(text: string): Instant | undefined {
  const match = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?)?(Z|[+-]\d{2}:?\d{2})?$/i.exec(text)
  const time = match && new Date(match[1] !== undefined && match[4] === undefined ? `${text}Z` : text)
  const day = text.slice(0, 10)
  // The 30th of February is read as a day in March.
  const isRealDay = new Date(`${day}T00:00:00Z`).toJSON()?.startsWith(day)
  return time && !Number.isNaN(time.getTime()) && isRealDay ? time.toISOString() : undefined
}
