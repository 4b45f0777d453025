/**
 * Looking at the brakes before a sweep writes anything.
 *
 * Trigger: a sweep that has begun (./run.ts, ./run-tick.ts). Guarantees: what the intakes have seen until now is counted
 * before it is decided, or the brakes say who did not answer. Reads only. Locks: none.
 */
import type { Database } from '../context.ts'
import { askFlush, defaultFlushWait, type FlushWait } from '../watch/ask-flush.ts'
import { type Brake, type Braked, checkBrakes, readBrakeFigures } from './brakes.ts'

interface LookOptions extends Omit<Braked, 'flushAskedAt'> {
  /** Aborted: nobody is waited for, and nothing is held; a sweep that is ended writes nothing anyway. */
  readonly signal: AbortSignal
  readonly flushWait?: FlushWait
}

/** The brakes that stop a sweep; none: it may go on. */
export async function lookAtBrakes(sql: Database, options: LookOptions): Promise<Brake[]> {
  const { teams, isUnattended, signal, flushWait = defaultFlushWait } = options
  const flushAskedAt = await askFlush(sql, flushWait, signal)
  if (signal.aborted) return []
  const { figures, policy } = await readBrakeFigures(sql, { teams, isUnattended, flushAskedAt })
  return checkBrakes(figures, policy)
}
