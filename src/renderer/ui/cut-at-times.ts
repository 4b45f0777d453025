import type { Instant } from '../../core/instant.ts'

/** A piece of a sentence; `at`: the instant that it writes. */
interface Piece {
  readonly part: string
  readonly at: Instant | null
  readonly start: number
}

/**
 * Cuts a sentence where it writes one of the times. Sentences come whole from the words of a language, so that each has its
 * own order; what a time looks like in them is known. Each is written once: of two that look alike, as in the hour that
 * comes twice in autumn, the first of `times` stands first. `writers`: the ways to write one.
 */
export function cutAtTimes(
  text: string,
  times: readonly (Instant | null)[],
  writers: readonly ((at: Instant) => string)[],
): readonly Piece[] {
  const pieces: Piece[] = []
  let start = 0
  let left = times
  while (start < text.length) {
    const next = findNext(text, start, left, writers)
    if (next === null) {
      pieces.push({ part: text.slice(start), at: null, start })
      break
    }
    if (next.from > start) pieces.push({ part: text.slice(start, next.from), at: null, start })
    pieces.push({ part: next.written, at: next.at, start: next.from })
    start = next.from + next.written.length
    left = left.filter((at) => at !== next.at)
  }
  return pieces
}

function findNext(
  text: string,
  start: number,
  times: readonly (Instant | null)[],
  writers: readonly ((at: Instant) => string)[],
): { from: number; written: string; at: Instant } | null {
  const found = times.flatMap((at) =>
    at === null
      ? []
      : writers.flatMap((write) => {
          const written = write(at)
          const from = text.indexOf(written, start)
          return from < 0 ? [] : [{ from, written, at }]
        }),
  )
  const [first = null] = found.toSorted(
    (one, other) => one.from - other.from || other.written.length - one.written.length,
  )
  return first
}
