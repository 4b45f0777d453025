import type { Instant } from './instant.ts'

/**
 * The end of an exemption that is named by a day, `2026-12-12`: the last microsecond of that day in UTC, so that the day
 * itself is exempt. Undefined for what is no day of the calendar.
 */
export function endOfDay(day: string): Instant | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return undefined
  // The 30th of February would be read as a day in March.
  const isRealDay = new Date(`${day}T00:00:00Z`).toJSON()?.startsWith(day) === true
  return isRealDay ? `${day}T23:59:59.999999Z` : undefined
}
