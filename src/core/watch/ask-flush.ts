import { setTimeout as sleep } from 'node:timers/promises'
import type { Database } from '../context.ts'
import type { Instant } from '../instant.ts'

/** How often it is looked whether all have answered, and how long to wait between. */
export interface FlushWait {
  readonly times: number
  readonly delayMs: number
}

export const defaultFlushWait: FlushWait = { times: 50, delayMs: 100 }

/**
 * Asks every intake to count what it has seen, and waits until all have, or long enough. Returns when it was asked, by the
 * database's clock; null, at once, where no intake is enrolled. `signal` ends the waiting.
 */
export async function askFlush(sql: Database, wait: FlushWait, signal: AbortSignal): Promise<Instant | null> {
  const [asked] = await sql<{ at: Instant | null }[]>`
    select case when exists (select from vigie.intake i where i.retired_at is null) then vigie.ask_flush() end as at`
  const at = asked?.at ?? null
  if (at === null) return null
  for (let time = 0; time < wait.times && !signal.aborted; time += 1) {
    const missing = await sql`
      select from vigie.intake i
      where i.retired_at is null and (i.flushed_at is null or i.flushed_at < ${at}::text::timestamptz) limit 1`
    if (missing.length === 0) break
    await sleep(wait.delayMs, undefined, { signal }).catch(() => undefined)
  }
  return at
}
