import { Notification } from 'electron'
import { readOpenHold } from '../../core/sweep/holds.ts'
import type { App } from '../app.ts'

/**
 * Notifies when a sweep is held, wherever it ran, until the signal is aborted. A click shows the window. In both
 * languages, since the main process knows neither the reader's nor the page's.
 */
export async function notifyOfHolds(app: App, signal: AbortSignal, showWindow: () => void): Promise<void> {
  if (!Notification.isSupported()) return
  let told = 0
  for await (const change of app.watchChanges(signal)) {
    if (change.kind !== 'hold' && change.kind !== 'connected') continue
    const hold = await readOpenHold(app.sql).catch(() => null)
    if (hold === null || hold.id === told) continue
    told = hold.id
    const notification = new Notification({
      title: 'A sweep is held · Balayage retenu',
      body: `${hold.deactivated} + ${hold.disabled}: look at it before it runs. À examiner avant qu’il ne s’exécute.`,
    })
    notification.on('click', showWindow)
    notification.show()
  }
}
