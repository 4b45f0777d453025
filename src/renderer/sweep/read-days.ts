import { daysRule } from '../../core/check-policy.ts'

/** Days as they were typed; null: no whole number of days that a threshold may have. */
export function readDays(text: string): number | null {
  if (!/^\d{1,9}$/.test(text.trim())) return null
  const days = Number(text)
  return days >= daysRule.min && days <= daysRule.max ? days : null
}
