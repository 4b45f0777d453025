/** How long Traefik has between two passes that change files, in milliseconds. */
export interface WriteGaps {
  /** Before one that only blocks: a visitor more of a project that falls asleep does no harm. */
  readonly blockingMs: number
  /** Before one that serves a woken project again: somebody waits for it, and its own file comes back in 6 seconds. */
  readonly wakingMs: number
}

export const writeGaps: WriteGaps = { blockingMs: 5_000, wakingMs: 1_000 }

/** The latest pass that changed files. */
export interface LastWrite {
  readonly atMs: number
  /** It changed as many as a pass may, and left some for the next: Traefik is given time to read them. */
  readonly wasFull: boolean
}

/** When a pass may change files at the earliest, on the clock of `last`. `last`: null, none did yet. Pure. */
export function earliestWriteMs(last: LastWrite | null, next: { readonly isWaking: boolean }, gaps: WriteGaps): number {
  if (last === null) return Number.NEGATIVE_INFINITY
  return last.atMs + (next.isWaking && !last.wasFull ? gaps.wakingMs : gaps.blockingMs)
}
