/** Wakes a loop: at once if it was rung since the loop looked last, and after an interval in any case. */
export interface Bell {
  ring(isUrgent: boolean): void
  /** To be called before the look that it follows, so that nothing rung meanwhile is missed. */
  next(intervalMs: number): Promise<void>
  /** Whether it was rung urgently since the last call of {@link Bell.next}. */
  isUrgent(): boolean
  /** Rests, until it is rung urgently at the latest. */
  restUnlessUrgent(ms: number): Promise<void>
}

/** Aborted, nothing rests any more. */
export function createBell(signal: AbortSignal): Bell {
  const resters = new Set<{ readonly wake: () => void; readonly isUrgentOnly: boolean }>()
  let isUrgent = false
  signal.addEventListener('abort', () => wake(true), { once: true })

  function wake(isForAll: boolean) {
    for (const rester of [...resters]) if (isForAll || !rester.isUrgentOnly) rester.wake()
  }
  function rest(ms: number, isUrgentOnly: boolean): Promise<void> {
    return new Promise((resolve) => {
      const rester = {
        isUrgentOnly,
        wake() {
          clearTimeout(timer)
          resters.delete(rester)
          resolve()
        },
      }
      const timer = setTimeout(rester.wake, ms)
      resters.add(rester)
      if (signal.aborted || (isUrgentOnly && isUrgent)) rester.wake()
    })
  }

  return {
    ring(isUrgentRing) {
      isUrgent ||= isUrgentRing
      wake(isUrgentRing)
    },
    next(intervalMs) {
      isUrgent = false
      return rest(intervalMs, false)
    },
    isUrgent: () => isUrgent,
    restUnlessUrgent: (ms) => rest(ms, true),
  }
}
