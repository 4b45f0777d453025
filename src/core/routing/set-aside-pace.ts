/** How long a project's file is left in place after it was set aside, once the platform has written it again. */
const firstDelayMs = 60_000
const lastDelayMs = 3_600_000

/**
 * Remembers which files were set aside lately. The platform may write the file of a blocked project again, and would with
 * every deployment: it is set aside again, later each time, since Traefik reads its whole directory again for every change,
 * and the blocked page outranks the file anyway.
 */
export interface SetAsidePace {
  readonly isDue: (projectId: string, nowMs: number) => boolean
  /** Call when a file was set aside. */
  readonly note: (projectId: string, nowMs: number) => void
}

export function createSetAsidePace(): SetAsidePace {
  const latest = new Map<string, { readonly atMs: number; readonly delayMs: number }>()
  return {
    isDue(projectId, nowMs) {
      const last = latest.get(projectId)
      return last === undefined || nowMs >= last.atMs + last.delayMs
    },
    note(projectId, nowMs) {
      const last = latest.get(projectId)
      // Quiet for long: it begins anew.
      const isAgain = last !== undefined && nowMs < last.atMs + 2 * Math.max(last.delayMs, lastDelayMs)
      latest.delete(projectId)
      latest.set(projectId, { atMs: nowMs, delayMs: isAgain ? Math.min(last.delayMs * 2, lastDelayMs) : firstDelayMs })
      for (const [id, { atMs }] of latest) {
        if (nowMs < atMs + 2 * lastDelayMs) break
        latest.delete(id)
      }
    },
  }
}
