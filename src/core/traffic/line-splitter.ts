/** Whole lines, and how many bytes they took with their line ends. */
export interface SplitLines {
  readonly lines: readonly string[]
  readonly bytes: number
  /** Lines that were too long and are left out. */
  readonly tooLong: number
}

export interface LineSplitter {
  /** The lines that end in this piece. */
  push(piece: Buffer): SplitLines
  /** What is left when nothing more can come: a last line without its end. */
  finish(): SplitLines
}

export const maxLineBytes = 1024 * 1024

const lineEnd = 0x0a

/** Splits a stream of bytes into lines, wherever its pieces begin and end. It holds one unfinished line at most. */
export function createLineSplitter(maxBytes = maxLineBytes): LineSplitter {
  let rest: Buffer = Buffer.alloc(0)
  /** Bytes of a line that is too long, so far. */
  let skipped = 0

  const split = (whole: Buffer, bytes: number, tooLong: number): SplitLines => {
    const lines = whole.length === 0 ? [] : whole.toString('utf8').split('\n')
    // In pieces that are larger than a line may be, some can be too long as well.
    const kept = whole.length <= maxBytes ? lines : lines.filter((line) => Buffer.byteLength(line) <= maxBytes)
    return { lines: kept, bytes, tooLong: tooLong + lines.length - kept.length }
  }

  return {
    push(piece) {
      let start = 0
      let bytes = 0
      let tooLong = 0
      if (skipped > 0) {
        const end = piece.indexOf(lineEnd)
        if (end === -1) {
          skipped += piece.length
          return { lines: [], bytes: 0, tooLong: 0 }
        }
        start = end + 1
        bytes = skipped + start
        tooLong = 1
        skipped = 0
      }
      const last = piece.lastIndexOf(lineEnd)
      const unfinished = piece.subarray(Math.max(start, last + 1))
      let whole: Buffer = Buffer.alloc(0)
      let hasLines = false
      if (last >= start) {
        hasLines = true
        whole = rest.length === 0 ? piece.subarray(start, last) : Buffer.concat([rest, piece.subarray(start, last)])
        bytes += whole.length + 1
        // The piece may be overwritten by whoever gave it.
        rest = Buffer.from(unfinished)
      } else if (unfinished.length > 0) rest = Buffer.concat([rest, unfinished])
      if (rest.length > maxBytes) {
        skipped = rest.length
        rest = Buffer.alloc(0)
      }
      // A line that is empty is a line as well.
      if (hasLines && whole.length === 0) return { lines: [''], bytes, tooLong }
      return split(whole, bytes, tooLong)
    },
    finish() {
      const last = rest
      const bytes = last.length + skipped
      const tooLong = skipped > 0 ? 1 : 0
      rest = Buffer.alloc(0)
      skipped = 0
      return split(last, bytes, tooLong)
    },
  }
}
