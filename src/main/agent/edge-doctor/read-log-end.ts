import { open, stat } from 'node:fs/promises'
import type { LogEnd } from '../../../core/edge-doctor/judge-log.ts'
import { maxLineBytes } from '../../../core/traffic/line-splitter.ts'
import { failureCodeOf } from '../routing/ask-through-traefik.ts'

/** Enough to judge by. */
const maxLines = 500

/** Reads the last whole lines of a log. */
export async function readLogEnd(file: string): Promise<LogEnd> {
  try {
    // Of a pipe nobody would hear again what is read here.
    if (!(await stat(file)).isFile()) return { problem: 'EISDIR' }
    const handle = await open(file, 'r')
    try {
      const { size } = await handle.stat()
      const start = Math.max(0, size - 2 * maxLineBytes)
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(size - start), 0, size - start, start)
      const lines = buffer.subarray(0, bytesRead).toString('utf8').split('\n')
      // What stands before the first line end may be a part of a line, and so may what stands after the last.
      return { lines: lines.slice(start > 0 ? 1 : 0, -1).slice(-maxLines) }
    } finally {
      await handle.close()
    }
  } catch (error) {
    return { problem: failureCodeOf(error) }
  }
}
