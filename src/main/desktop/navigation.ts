import type { WebContents } from 'electron'
import { isOwnUrl } from './origin.ts'

/** Keeps whatever shows pages at our own: no other address, no new window, no web view. */
export function denyNavigation(contents: WebContents): void {
  contents.on('will-navigate', (event) => preventForeign(event))
  contents.on('will-frame-navigate', (event) => {
    // What stands in the page's own markup: the sandboxed frame of a mail. It comes from nowhere else.
    if (event.isMainFrame || event.url !== 'about:srcdoc') preventForeign(event)
  })
  contents.on('will-redirect', (event) => preventForeign(event))
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
}

function preventForeign(event: { readonly url: string; readonly preventDefault: () => void }): void {
  if (!isOwnUrl(event.url)) event.preventDefault()
}
