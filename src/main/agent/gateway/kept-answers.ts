import { atMost } from './at-most.ts'

export interface KeptAnswersOptions<Answer> {
  /** Asks the database. Errors: those of it. */
  readonly read: (key: string) => Promise<Answer | null>
  /** A clock that is never set back. */
  readonly nowMs: () => number
  /** How long an answer is fresh. */
  readonly freshMs?: number
  /** How long a visitor waits for the database; what was known has to do then. */
  readonly waitMs?: number
  /** After a failure the database is left alone for so long. */
  readonly restMs?: number
  /** Questions under way at once: visitors leave the agent's few connections to others. */
  readonly maxReads?: number
  readonly maxKept?: number
}

export interface KeptAnswers<Answer> {
  /** What is known; null: nothing, or nothing is there. Never rejects. */
  get(key: string): Promise<Answer | null>
  /** Something changed: all is asked for again, and kept for as long as the database is away. */
  expire(): void
}

interface Kept<Answer> {
  answer: Answer | null
  readAtMs: number
  reading: Promise<void> | null
}

/** Answers of the database for visitors: each is asked for once, kept for a moment, and better old than none. */
export function createKeptAnswers<Answer>(options: KeptAnswersOptions<Answer>): KeptAnswers<Answer> {
  const { read, nowMs, freshMs = 5_000, waitMs = 1_000, restMs = 2_000, maxReads = 20, maxKept = 10_000 } = options
  const kept = new Map<string, Kept<Answer>>()
  let restUntilMs = Number.NEGATIVE_INFINITY
  let reads = 0

  const readAgain = async (key: string, entry: Kept<Answer>) => {
    reads += 1
    try {
      entry.answer = await read(key)
      entry.readAtMs = nowMs()
    } catch {
      // The heartbeat asks the same database, and says in the log why it fails.
      restUntilMs = nowMs() + restMs
    } finally {
      reads -= 1
      entry.reading = null
    }
  }
  const entryOf = (key: string): Kept<Answer> => {
    const entry = kept.get(key) ?? { answer: null, readAtMs: Number.NEGATIVE_INFINITY, reading: null }
    // What was asked for last is forgotten last.
    kept.delete(key)
    kept.set(key, entry)
    const [oldest] = kept.keys()
    if (kept.size > maxKept && oldest !== undefined) kept.delete(oldest)
    return entry
  }

  return {
    async get(key) {
      const entry = entryOf(key)
      const isFresh = nowMs() - entry.readAtMs <= freshMs
      if (isFresh || nowMs() < restUntilMs) return entry.answer
      if (entry.reading === null && reads < maxReads) entry.reading = readAgain(key, entry)
      if (entry.reading !== null) await atMost(waitMs, entry.reading)
      return entry.answer
    },
    expire() {
      for (const entry of kept.values()) entry.readAtMs = Number.NEGATIVE_INFINITY
    },
  }
}
