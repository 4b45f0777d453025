import type { Readable } from 'node:stream'
import { createLineSplitter } from '../../../core/traffic/line-splitter.ts'
import type { Lines } from './intake-feed.ts'

/** The lines of a stream that nobody keeps: the first ones may have been missed. Ends with the stream, or when aborted. */
export async function* followInput(
  stream: Readable,
  { signal, nowMs }: { readonly signal: AbortSignal; readonly nowMs: () => number },
): AsyncGenerator<Lines, void, undefined> {
  const splitter = createLineSplitter()
  const linesOf = ({ lines, tooLong }: { lines: readonly string[]; tooLong: number }, hasGap: boolean): Lines => ({
    lines,
    tooLong,
    hasGap,
    caughtUpMs: nowMs(),
    placeAfter: () => null,
  })
  const end = () => stream.destroy()
  signal.addEventListener('abort', end, { once: true })
  try {
    yield linesOf({ lines: [], tooLong: 0 }, true)
    for await (const piece of stream.iterator({ destroyOnReturn: false })) yield linesOf(splitter.push(piece), false)
    yield linesOf(splitter.finish(), false)
  } catch (error) {
    if (!signal.aborted) throw error
  } finally {
    signal.removeEventListener('abort', end)
  }
}
