import { type Instant, instantToMicros, microsPerDay, microsToInstant } from '../instant.ts'

/** A time in which no intake watched, long enough to count (policy, `watchGapMinutes`). */
export interface BlindSpell {
  readonly from: Instant
  /** Null: it lasts still. */
  readonly to: Instant | null
}

export interface Deadline {
  readonly at: Instant
  /** How much of the time until then nobody watched, and by how much it is later therefore. */
  readonly unwatchedMicros: number
}

/**
 * The first instant at which somebody has watched for so many days since an instant. The same rule as the SQL function
 * `vigie.idle_cutoff`, seen from one project. `spells`: in their order, without overlaps; one that lasts still counts up to
 * `now`, so the deadline of a project moves on while nobody watches.
 */
export function deadlineOf(since: Instant, days: number, spells: readonly BlindSpell[], now: Instant): Deadline {
  const idleFrom = instantToMicros(since)
  let at = idleFrom + days * microsPerDay
  for (const spell of spells) {
    const from = Math.max(instantToMicros(spell.from), idleFrom)
    const to = instantToMicros(spell.to ?? now)
    if (from >= at) break
    if (to > from) at += to - from
  }
  return { at: microsToInstant(at), unwatchedMicros: at - idleFrom - days * microsPerDay }
}
