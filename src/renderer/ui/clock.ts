import { useSyncExternalStore } from 'react'
import { type Instant, instantToMicros, microsToInstant } from '../../core/instant.ts'

/**
 * The database's clock as this window knows it: its own clock plus the difference to the last `now` that the database
 * told. All who show a time share its ticks.
 */
let offsetMs: number | undefined

/** A difference beyond this is a clock that was set, not an answer that was slow. */
const clockChangeMs = 60_000

/** An answer tells of a moment before it arrived: of two, the one that is further ahead was less late. */
export function setServerNow(now: Instant): void {
  const toldMs = instantToMicros(now) / 1000 - Date.now()
  if (offsetMs === undefined || toldMs > offsetMs || offsetMs - toldMs > clockChangeMs) offsetMs = toldMs
}

/** The database's now at this moment, for what is no part of the page. */
export function readNow(): Instant {
  return microsToInstant(Math.round(Date.now() + (offsetMs ?? 0)) * 1000)
}

interface Ticker {
  readonly subscribe: (listener: () => void) => () => void
  readonly read: () => Instant
}

function createTicker(everyMs: number): Ticker {
  const listeners = new Set<() => void>()
  let timer: number | undefined
  let now: Instant | undefined
  const tick = () => {
    now = readNow()
    for (const listener of listeners) listener()
  }
  return {
    subscribe(listener) {
      listeners.add(listener)
      timer ??= window.setInterval(tick, everyMs)
      return () => {
        listeners.delete(listener)
        if (listeners.size > 0) return
        window.clearInterval(timer)
        timer = undefined
        now = undefined
      }
    },
    read() {
      now ??= readNow()
      return now
    },
  }
}

const tickers = { second: createTicker(1_000), minute: createTicker(15_000) }

/** The database's now, as fresh as asked. */
export function useNow(precision: keyof typeof tickers = 'minute'): Instant {
  const ticker = tickers[precision]
  return useSyncExternalStore(ticker.subscribe, ticker.read)
}
