import { Notification } from 'electron'
import { readRun } from '../../core/queries/runs.ts'
import { readOpenHold } from '../../core/sweep/holds.ts'
import type { App } from '../app.ts'
import { type Notice, noticeOfHold, noticeOfRun } from './notice.ts'
import type { DesktopWords } from './words.ts'

export interface NotifyOptions {
  readonly signal: AbortSignal
  readonly words: DesktopWords
  /** Whether somebody looks at the window. */
  readonly isWatched: () => boolean
  /** Opens a page, by its hash. */
  readonly openPage: (hash: string) => void
}

/** How many of what was told are remembered, so that it is told once. */
const rememberedRuns = 500

/**
 * Notifies of held sweeps, failed runs and finished sweeps, wherever they ran, until the signal is aborted. A click opens
 * the page that tells more.
 */
export async function notify(app: App, { signal, words, isWatched, openPage }: NotifyOptions): Promise<void> {
  if (!Notification.isSupported()) return
  let toldHold = 0
  const toldRuns = new Set<number>()
  /** A notification that nobody holds is collected, and its click is lost. */
  const shown = new Set<Notification>()
  const show = ({ title, body, hash }: Notice) => {
    const notification = new Notification({ title, body })
    shown.add(notification)
    notification.on('click', () => openPage(hash))
    notification.on('close', () => shown.delete(notification))
    notification.show()
  }
  for await (const change of app.watchChanges(signal)) {
    if (change.kind === 'hold' || change.kind === 'connected') {
      const hold = await readOpenHold(app.sql).catch(() => null)
      if (hold === null || hold.id === toldHold) continue
      toldHold = hold.id
      show(noticeOfHold(hold, words))
    } else if (change.kind === 'run' && !toldRuns.has(change.runId)) {
      const run = await readRun(app.sql, change.runId).catch(() => null)
      if (run === null || run.outcome === null) continue
      toldRuns.add(run.id)
      if (toldRuns.size > rememberedRuns) toldRuns.clear()
      const notice = noticeOfRun(run, isWatched(), words)
      if (notice !== null) show(notice)
    }
  }
}
