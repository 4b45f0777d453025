import { endOfDay } from '../../core/exemption-until.ts'
import { addDays, type Instant, instantToMicros } from '../../core/instant.ts'

/** How long projects are left alone: so many days from now, until the end of a day that is named, or for good. */
export type Duration =
  | { readonly kind: 'days'; readonly days: number }
  | { readonly kind: 'day'; readonly day: string }
  | { readonly kind: 'good' }

export const offeredDays = [7, 30, 90] as const

export const firstDuration: Duration = { kind: 'days', days: 30 }

/** When it ends; null: never; undefined: nothing that is still to come was named. */
export function untilOf(duration: Duration, now: Instant): Instant | null | undefined {
  if (duration.kind === 'good') return null
  if (duration.kind === 'days') return addDays(now, duration.days)
  const end = endOfDay(duration.day)
  return end !== undefined && instantToMicros(end) > instantToMicros(now) ? end : undefined
}
