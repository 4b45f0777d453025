import type { WebContents } from 'electron'
import { isOwnUrl } from './origin.ts'

/**
 * Keeps whatever shows pages at our own: no other address, no new window, no web view. A link that asks for a window of its
 * own is handed to `openOutside`, which decides whether the system's browser gets it.
 */
export function denyNavigation(contents: WebContents, openOutside: (url: string) => void): void {
  contents.on('will-navigate', (event) => preventForeign(event))
  contents.on('will-frame-navigate', (event) => {
    // What stands in the page's own markup: the sandboxed frame of a mail. It comes from nowhere else.
    if (event.isMainFrame || event.url !== 'about:srcdoc') preventForeign(event)
  })
  contents.on('will-redirect', (event) => preventForeign(event))
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(({ url }) => {
    openOutside(url)
    return { action: 'deny' }
  })
}

function preventForeign(event: { readonly url: string; readonly preventDefault: () => void }): void {
  if (!isOwnUrl(event.url)) event.preventDefault()
}
