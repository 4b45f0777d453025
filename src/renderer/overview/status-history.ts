import type { ProjectStatus } from '../../core/project.ts'
import type { History, StatusDay } from '../../core/queries/history.ts'

/** The statuses that the history holds, in the order in which they are stacked, and how it calls them. */
export const historyStatuses = [
  ['active', 'active'],
  ['inactive', 'inactive'],
  ['permanently_disabled', 'permanentlyDisabled'],
  ['paused', 'paused'],
] as const satisfies readonly (readonly [ProjectStatus, Exclude<keyof StatusDay, 'day'>])[]

const millisPerDay = 86_400_000

/** The UTC day so many days from another one: `2026-11-24`. */
export function dayFrom(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * millisPerDay).toISOString().slice(0, 10)
}

/**
 * With what the counts of now are compared: those of the last day that ended at least a week ago. Null: nobody counted on
 * that day, nor on the two before it.
 */
export function weekAgo({ days, today }: History): StatusDay | null {
  const last = days.findLast(({ day }) => day <= dayFrom(today, -8))
  return last !== undefined && last.day >= dayFrom(today, -10) ? last : null
}

/** By how many projects a status has changed since then; null: that is not known of it. */
export function changeSince(before: StatusDay | null, status: ProjectStatus, now: number): number | null {
  const column = historyStatuses.find(([known]) => known === status)?.[1]
  return before === null || column === undefined ? null : now - before[column]
}

/** The last days before today, the oldest first, from the first that was counted on; one on which nobody counted has no counts. */
export function fillDays({ days, today }: History, span: number): readonly (StatusDay | { readonly day: string })[] {
  const known = new Map(days.map((counted) => [counted.day, counted]))
  const all = Array.from({ length: span }, (_, index) => dayFrom(today, index - span))
  const first = all.findIndex((day) => known.has(day))
  return first < 0 ? [] : all.slice(first).map((day) => known.get(day) ?? { day })
}
