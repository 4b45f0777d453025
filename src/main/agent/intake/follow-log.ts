/**
 * Following a log file: all of its lines, once, in their order, however it is rotated.
 *
 * A file is known by its first bytes: after a rename it is read to its end before the next one, after a truncation what was
 * not read is looked for in a copy, and after a while without a reader in plain and compressed rotated files. It asks for
 * new lines every `pollMs`, since not every file system tells of them. One piece of lines is held at a time: whoever does
 * not take the next one makes it wait.
 */
import { stat } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import type { SplitLines } from '../../../core/traffic/line-splitter.ts'
import { findNewer, findNext, type LogPlace, type NextFile } from './log-files.ts'
import { type OpenLog, openLog } from './open-log.ts'

export interface LogBlock {
  readonly lines: readonly string[]
  readonly tooLong: number
  /** The place after these lines, if the last of them was written at `lineAt`. */
  readonly placeAfter: (lineAt: number | null) => LogPlace
  /** Lines before these may be missing. */
  readonly hasGap: boolean
  /** When the log was asked and there was nothing more; null: there may be more. By the monotonic clock. */
  readonly caughtUpMs: number | null
}

/** There is no log to read now. */
export interface MissingLog {
  readonly missing: unknown
}

export interface FollowOptions {
  readonly path: string
  /** Where to go on; null: at the beginning of the current file. */
  readonly place: LogPlace | null
  readonly pollMs: number
  readonly signal: AbortSignal
  readonly nowMs: () => number
}

/** Follows a log until the signal is aborted. */
export async function* followLog(options: FollowOptions): AsyncGenerator<LogBlock | MissingLog, void, undefined> {
  const { path, pollMs, signal, nowMs } = options
  let hasGap = false
  let next: NextFile | null = null
  let log: OpenLog | null = null
  let { place } = options
  /** A newer file has lines: the one that is open gets no more than it has. */
  let isSuperseded = false

  const blockOf = (open: OpenLog, { lines, tooLong }: SplitLines, caughtUpMs: number | null): LogBlock => {
    const block = {
      lines,
      tooLong,
      hasGap,
      caughtUpMs,
      placeAfter: (lineAt: number | null) => {
        place = open.place(lineAt ?? place?.lineAt ?? null)
        return place
      },
    }
    hasGap = false
    return block
  }
  const rest = () => sleep(pollMs, undefined, { signal }).catch(() => undefined)

  try {
    while (!signal.aborted) {
      if (log === null) {
        next ??= await findNext(path, place)
        const opened = await openNext(path, next)
        if ('missing' in opened) {
          if (next === null || opened.isDenied) yield { missing: opened.missing }
          await rest()
        } else log = opened.log
        // A file that has another name by now is found again.
        hasGap ||= log !== null && next?.hasGap === true
        next = null
        isSuperseded = false
        continue
      }
      const askedMs = nowMs()
      const found = await readLines(log)
      if (found !== null && found !== 'truncated') {
        yield blockOf(log, found, null)
        continue
      }
      if (found === 'truncated' || isSuperseded) {
        if (found === null) yield blockOf(log, log.finish(), null)
        next = found === null ? await findNewer(path, log.place(place?.lineAt ?? null)) : null
        await log.close()
        log = null
        continue
      }
      if (await isReplaced(path, log)) {
        // It is read once more then: until the newer file got its first line, this one may have got others.
        isSuperseded = await hasLines(await findNewer(path, log.place(place?.lineAt ?? null)))
        if (isSuperseded) continue
      }
      yield blockOf(log, { lines: [], bytes: 0, tooLong: 0 }, askedMs)
      await rest()
    }
  } finally {
    await log?.close()
  }
}

/** Opens a file; null: it has another name by now. Without a file, says why there is no log. */
async function openNext(path: string, next: NextFile | null) {
  try {
    if (next !== null) return { log: await openLog(next) }
    if (!(await stat(path)).isFile()) throw new Error('it is no file')
    return { log: null }
  } catch (missing) {
    return { missing, isDenied: !(missing instanceof Error && 'code' in missing && missing.code === 'ENOENT') }
  }
}

/** What can't be unpacked ends there. */
async function readLines(log: OpenLog) {
  try {
    return await log.readLines()
  } catch (error) {
    if (log.isCompressed) return null
    throw error
  }
}

/** Whether the log's name leads to another file, or to none. */
async function isReplaced(path: string, log: OpenLog): Promise<boolean> {
  const facts = await stat(path).catch(() => null)
  return facts === null || `${facts.dev}:${facts.ino}` !== log.inode
}

async function hasLines(next: NextFile | null): Promise<boolean> {
  if (next === null) return false
  const facts = await stat(next.file.path).catch(() => null)
  return !next.file.isCurrent || (facts?.size ?? 0) > 0
}
