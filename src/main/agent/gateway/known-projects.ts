import type { BlockedProject } from '../../../core/queries/blocked-project.ts'

export interface KnownProjectsOptions {
  /** Errors: those of the database. */
  readonly read: (projectId: string) => Promise<BlockedProject | null>
  /** A clock that is never set back. */
  readonly nowMs: () => number
  /** How long an answer is fresh. */
  readonly freshMs?: number
  /** How long a visitor waits for the database; what was known has to do then. */
  readonly waitMs?: number
  /** After a failure the database is left alone for so long. */
  readonly restMs?: number
  readonly maxProjects?: number
}

export interface KnownProjects {
  /** What is known; null: nothing, or there is no such project. Never rejects. */
  get(projectId: string): Promise<BlockedProject | null>
  /** Something changed: what is known is asked for again, and kept for when the database is away. */
  expire(): void
}

interface Known {
  project: BlockedProject | null
  readAtMs: number
  reading: Promise<void> | null
}

/** What the blocked page says of projects, read once per project and kept for a while. */
export function createKnownProjects(options: KnownProjectsOptions): KnownProjects {
  const { read, nowMs, freshMs = 5_000, waitMs = 1_000, restMs = 2_000, maxProjects = 10_000 } = options
  const known = new Map<string, Known>()
  let restUntilMs = Number.NEGATIVE_INFINITY

  const readAgain = async (projectId: string, entry: Known) => {
    try {
      entry.project = await read(projectId)
      entry.readAtMs = nowMs()
    } catch {
      // The heartbeat asks the same database, and says in the log why it fails.
      restUntilMs = nowMs() + restMs
    } finally {
      entry.reading = null
    }
  }
  const entryOf = (projectId: string): Known => {
    const found = known.get(projectId)
    // The one that was asked for last is forgotten last.
    if (found !== undefined) known.delete(projectId)
    const entry = found ?? { project: null, readAtMs: Number.NEGATIVE_INFINITY, reading: null }
    known.set(projectId, entry)
    const [oldest] = known.keys()
    if (known.size > maxProjects && oldest !== undefined) known.delete(oldest)
    return entry
  }

  return {
    async get(projectId) {
      const entry = entryOf(projectId)
      if (nowMs() - entry.readAtMs <= freshMs || nowMs() < restUntilMs) return entry.project
      entry.reading ??= readAgain(projectId, entry)
      await atMost(waitMs, entry.reading)
      return entry.project
    },
    expire() {
      for (const entry of known.values()) entry.readAtMs = Number.NEGATIVE_INFINITY
    },
  }
}

/** Waits for some work, but no longer; the work goes on. */
export async function atMost(ms: number, work: Promise<unknown>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms)
  })
  await Promise.race([work, late])
  clearTimeout(timer)
}
