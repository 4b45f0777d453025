import type { Database } from '../context.ts'
import { displaced, type KeptEdge, readPermission } from './edges.ts'

/** Thrown where a pass must stop: routing is paused, or a person has to look at an outage first. */
class Held extends Error {
  override readonly name = 'Held'
}

export function isHeld(error: unknown): boolean {
  return error instanceof Held
}

/** Through which every change of a file goes. */
export interface WriteGate {
  /** Errors: those of the work; CLAIM_LOST; and one that {@link isHeld} knows. */
  pass<T>(work: () => Promise<T>): Promise<T>
}

interface GateOptions {
  readonly edge: KeptEdge
  readonly now: () => number
  readonly beforeWriting: () => Promise<void>
}

/** How long a permission holds. A pause takes effect within 5 seconds, of which a slow disk may take its part. */
const permissionMs = 1_000

/** A gate for one pass: it asks again for as long as the pass goes on. */
export function createWriteGate(sql: Database, { edge, now, beforeWriting }: GateOptions): WriteGate {
  let askedAtMs: number | undefined
  return {
    async pass(work) {
      if (askedAtMs === undefined) await beforeWriting()
      if (askedAtMs === undefined || now() - askedAtMs >= permissionMs) {
        askedAtMs = now()
        const { isKeeper, isPaused, hasGap } = await readPermission(sql, edge)
        if (!isKeeper) throw displaced()
        if (isPaused || hasGap) throw new Held('routing is paused')
      }
      return await work()
    },
  }
}
