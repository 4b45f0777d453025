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

  const skipTooLong = () => {
    if (rest.length <= maxBytes) return
    skipped = rest.length
    rest = Buffer.alloc(0)
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
      const first = piece.indexOf(lineEnd, start)
      if (first === -1) {
        rest = Buffer.concat([rest, piece.subarray(start)])
        skipTooLong()
        return { lines: [], bytes, tooLong }
      }
      const lines: string[] = []
      if (rest.length > 0) {
        // Only this line stands in two pieces: the others are not copied.
        const whole = Buffer.concat([rest, piece.subarray(start, first)])
        if (whole.length > maxBytes) tooLong += 1
        else lines.push(whole.toString('utf8'))
        bytes += whole.length + 1
        start = first + 1
      }
      const last = piece.lastIndexOf(lineEnd)
      if (last >= start) {
        const whole = piece.subarray(start, last)
        for (const line of whole.toString('utf8').split('\n')) {
          // In a piece that is smaller than a line may be, none is too long.
          if (whole.length > maxBytes && Buffer.byteLength(line) > maxBytes) tooLong += 1
          else lines.push(line)
        }
        bytes += whole.length + 1
      }
      // The piece may be overwritten by whoever gave it.
      rest = Buffer.from(piece.subarray(last + 1))
      skipTooLong()
      return { lines, bytes, tooLong }
    },
    finish() {
      const bytes = rest.length + skipped
      const tooLong = skipped > 0 ? 1 : 0
      const lines = rest.length === 0 ? [] : [rest.toString('utf8')]
      rest = Buffer.alloc(0)
      skipped = 0
      return { lines, bytes, tooLong }
    },
  }
}
