import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { databaseErrorOf } from '../../../core/database-error.ts'
import type { ErrorCode } from '../../../core/errors.ts'
import type { Flusher, FlushPoint } from '../../../core/traffic/flush.ts'
import type { HitBuffer } from '../../../core/traffic/hit-buffer.ts'

export interface FlushPaceOptions {
  readonly flusher: Flusher
  readonly buffer: HitBuffer
  /** Whether there is anything to say yet. */
  readonly hasPoint: () => boolean
  /** Called once for each batch that is taken from the buffer. */
  readonly readPoint: () => FlushPoint
  readonly nowMs: () => number
  readonly intervalMs: number
  readonly retryMs: number
  /** Aborted: nothing waits any more. */
  readonly signal: AbortSignal
  readonly onOutcome: (failure: FlushFailure | null) => void
}

export interface FlushFailure {
  readonly code: ErrorCode
  readonly message: string
}

/** When an intake flushes: at its interval, when its buffer is full, when somebody asks. Reading goes on meanwhile. */
export interface FlushPace {
  /** Begins a flush if it is time for one. `isCaughtUp`: all that was seen before now is in the buffer. */
  look(isCaughtUp: boolean): void
  /** Somebody waits for what is seen: the next look that has caught up flushes. */
  ask(): void
  /** Resolves when there is room for more in the buffer, or nothing waits any more. */
  room(): Promise<void>
  /** The last flush. */
  finish(): Promise<void>
}

export function createFlushPace(options: FlushPaceOptions): FlushPace {
  const { flusher, buffer, nowMs, intervalMs, retryMs, signal } = options
  let flushing: Promise<void> | null = null
  let dueMs = nowMs() + intervalMs
  let isAsked = false

  const flush = async () => {
    if (!options.hasPoint()) return
    isAsked = false
    try {
      await flusher.flush(options.readPoint)
      dueMs = nowMs() + intervalMs
      options.onOutcome(null)
    } catch (error) {
      const { code, message } = databaseErrorOf(error)
      dueMs = nowMs() + retryMs
      options.onOutcome({ code, message })
    }
  }
  const begin = () => {
    flushing ??= flush().finally(() => {
      flushing = null
    })
    return flushing
  }

  return {
    look(isCaughtUp) {
      const isTime = nowMs() >= dueMs
      if (isTime || (isAsked && isCaughtUp) || (buffer.isFlushDue && !flusher.isUnsettled)) void begin()
    },
    ask() {
      isAsked = true
    },
    async room() {
      while (buffer.isFlushDue && !signal.aborted) {
        const isTime = nowMs() >= dueMs || !flusher.isUnsettled
        await orAborted(signal, flushing ?? (isTime ? begin() : sleep(retryMs / 4)))
      }
    },
    async finish() {
      await flushing
      await flush()
    },
  }
}

/** Resolves with the work, or when nobody waits for it any more. */
export async function orAborted(signal: AbortSignal, work: Promise<unknown>): Promise<void> {
  if (signal.aborted) return
  const done = new AbortController()
  const aborted = once(signal, 'abort', { signal: done.signal }).catch(() => undefined)
  await Promise.race([work, aborted]).finally(() => done.abort())
}
