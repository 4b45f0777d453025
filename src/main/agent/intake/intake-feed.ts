/**
 * Feeding an intake: what is read becomes hits in a buffer, and the buffer is flushed.
 *
 * Guarantees: hits and the place after them enter the buffer in one step, so that a flush finds both or neither; what is
 * not known whose it is, is looked up before. A log waits while the buffer is full or the database is away; standard input
 * can't, and what finds no room there is told as dropped.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { createFlusher, type FlusherOptions, type FlushPoint, type Moment } from '../../../core/traffic/flush.ts'
import type { HitBuffer } from '../../../core/traffic/hit-buffer.ts'
import type { LogFormat, LoggedRequest } from '../../../core/traffic/log-line.ts'
import { createFlushPace, type FlushFailure, orAborted } from './flush-pace.ts'
import type { LogPlace } from './log-files.ts'
import { type OwnerMaps, type ReadLines, readLines, resolveRequests } from './read-lines.ts'

/** Lines as a source gives them. */
export interface Lines {
  readonly lines: readonly string[]
  readonly tooLong: number
  readonly hasGap: boolean
  /** When there was nothing more to read; null: there may be. By the monotonic clock. */
  readonly caughtUpMs: number | null
  /** The place after them; null: the source has none. */
  readonly placeAfter: (lineAt: number | null) => LogPlace | null
}

export interface FeedOptions extends Omit<FlusherOptions, 'buffer'> {
  readonly buffer: HitBuffer
  readonly maps: OwnerMaps
  readonly format: LogFormat | null
  /** Up to where it was counted before. */
  readonly place: LogPlace | null
  /** Whether the source keeps what is not read. */
  readonly canWait: boolean
  readonly flushIntervalMs: number
  readonly retryMs: number
  readonly signal: AbortSignal
  readonly onFlushed: (failure: FlushFailure | null) => void
  readonly figures: FeedFigures
}

/** Since this process began. */
export interface FeedFigures {
  hits: number
  garbage: number
  unknown: number
  /** Hits that found no room. */
  dropped: number
  caughtUpMs: number | null
}

export interface Feed {
  /** Takes lines; resolves when the next ones may come. */
  take(lines: Lines): Promise<void>
  /** Flushes as soon as all that was there is read. */
  ask(): void
  /** Begins a flush if it is time for one. */
  look(): void
  finish(): Promise<void>
}

/** How many requests of standard input wait until it is known whose they are. */
const maxUnresolved = 10_000

export function createFeed(options: FeedOptions): Feed {
  const { buffer, maps, figures, signal, nowMs, canWait } = options
  let place: LogPlace | null = options.place
  let from: Moment | null = null
  let until: Moment | null = place?.lineAt == null ? null : { wallMs: place.lineAt }
  let unresolved: LoggedRequest[] = []
  let isResolving = false

  const pace = createFlushPace({
    ...options,
    flusher: createFlusher(options),
    intervalMs: options.flushIntervalMs,
    hasPoint: () => until !== null,
    readPoint: (): FlushPoint => {
      const point = { position: place && { ...place }, from, until: until ?? { monotonicMs: nowMs() } }
      from = null
      return point
    },
    onOutcome: options.onFlushed,
  })

  const add = ({ hits, unknown, garbage = 0 }: Pick<ReadLines, 'hits' | 'unknown'> & { garbage?: number }) => {
    for (const hit of hits) if (!buffer.add(hit)) figures.dropped += 1
    for (let count = 0; count < unknown; count += 1) buffer.addUnknown()
    for (let count = 0; count < garbage; count += 1) buffer.addGarbage()
    figures.hits += hits.length
    figures.unknown += unknown
    figures.garbage += garbage
  }

  /** Null: it was told to stop before the database answered. */
  const resolveInTime = async (requests: readonly LoggedRequest[]) => {
    while (!signal.aborted) {
      try {
        let resolved: Awaited<ReturnType<typeof resolveRequests>> | null = null
        const asking = resolveRequests(requests, maps).then((found) => {
          resolved = found
        })
        await orAborted(signal, asking)
        if (resolved !== null) return resolved
      } catch {
        // The flush says that the database is away.
        await sleep(options.retryMs, undefined, { signal }).catch(() => undefined)
        pace.look(false)
      }
    }
    return null
  }

  const resolveBeside = async () => {
    if (isResolving || unresolved.length === 0) return
    isResolving = true
    try {
      const asked = unresolved
      const resolved = await resolveRequests(asked, maps)
      unresolved = unresolved.slice(asked.length)
      add(resolved)
    } catch {
      // They wait for the next look; the flush says that the database is away.
    } finally {
      isResolving = false
    }
  }

  return {
    async take({ lines, tooLong, hasGap, caughtUpMs, placeAfter }) {
      const read = readLines(lines, options.format, maps)
      const later = read.unresolved
      let resolved: Pick<ReadLines, 'hits' | 'unknown'> | null = { hits: [], unknown: 0 }
      if (later.length > 0 && canWait) resolved = await resolveInTime(later)
      if (resolved === null) return
      // From here on nothing is waited for: a flush finds hits and place as one.
      add({ hits: read.hits, unknown: read.unknown, garbage: read.garbage + tooLong })
      add(resolved)
      if (!canWait) {
        const room = Math.max(0, maxUnresolved - unresolved.length)
        unresolved.push(...later.slice(0, room))
        figures.dropped += Math.max(0, later.length - room)
        void resolveBeside()
      }
      place = placeAfter(read.lastAt)
      figures.caughtUpMs = caughtUpMs
      if (hasGap) from = read.firstAt === null ? { monotonicMs: caughtUpMs ?? nowMs() } : { wallMs: read.firstAt }
      if (caughtUpMs !== null) until = { monotonicMs: caughtUpMs }
      else if (read.lastAt !== null) until = { wallMs: read.lastAt }
      pace.look(caughtUpMs !== null)
      if (canWait) await pace.room()
    },
    ask: pace.ask,
    look() {
      void resolveBeside()
      pace.look(true)
    },
    finish: pace.finish,
  }
}
