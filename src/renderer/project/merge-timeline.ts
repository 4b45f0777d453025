import { instantToMicros } from '../../core/instant.ts'
import type { TimelinePage } from '../../core/queries/timeline.ts'

/**
 * The newest page, read anew, with what is known behind it: nobody who has read far back loses that, and it is not read
 * again. When more came meanwhile than the page holds, what lies between is unknown, and the page has to do.
 */
export function renewTimeline(known: TimelinePage | undefined, newest: TimelinePage): TimelinePage {
  const end = newest.next
  const [latest] = known?.events ?? []
  if (known === undefined || latest === undefined || end === null || isBehind(latest, end)) return newest
  const behind = known.events.filter((event) => isBehind(event, end))
  return behind.length === 0 ? newest : { events: [...newest.events, ...behind], next: known.next }
}

/** What is known with the page behind it; `before` is where that page begins, and must still be the end of what is known. */
export function extendTimeline(
  known: TimelinePage | undefined,
  older: TimelinePage,
  before: Place,
): TimelinePage | undefined {
  if (known?.next?.id !== before.id) return known
  return { events: [...known.events, ...older.events], next: older.next }
}

type Place = NonNullable<TimelinePage['next']>

/** Whether it comes after the place in the order of a timeline: older, or as old with a smaller id. */
function isBehind(event: Place, place: Place): boolean {
  const micros = instantToMicros(event.at) - instantToMicros(place.at)
  return micros < 0 || (micros === 0 && event.id < place.id)
}
