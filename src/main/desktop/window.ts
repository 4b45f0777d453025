import { BrowserWindow, type BrowserWindowConstructorOptions, type NativeTheme, type WebContents } from 'electron'
import type { Log } from '../../core/context.ts'

/** `--ground` of the page's two themes (renderer/ui/tokens.css), so that a window never flashes in another colour. */
const backgroundColors = { light: '#f6f7f9', dark: '#0f1317' } as const

/** Creates the window hidden; it is shown when its page has something to show. */
export function createWindow(preloadPath: string, theme: NativeTheme): BrowserWindow {
  const window = new BrowserWindow(windowOptions(preloadPath, backgroundOf(theme)))
  const followTheme = (): void => window.setBackgroundColor(backgroundOf(theme))
  theme.on('updated', followTheme)
  window.once('closed', () => theme.off('updated', followTheme))
  window.once('ready-to-show', () => window.show())
  return window
}

/** Loads a page. When that fails the window is shown all the same, so that Vigie does not run unseen. */
export function loadPage(window: BrowserWindow, url: string, log: Log): void {
  window.loadURL(url).catch((err: unknown) => {
    log.error({ err }, 'The page could not be loaded.')
    if (!window.isDestroyed()) window.show()
  })
}

export function focusWindow(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}

/** Loads the page again when its process is gone, but not when that happened twice within `loopMs`. */
export function reloadAfterCrash(contents: WebContents, log: Log, loopMs: number): void {
  let lastCrashMs = Number.NEGATIVE_INFINITY
  contents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (reason === 'clean-exit') return
    log.error({ reason, exitCode }, 'The process of the page ended.')
    const nowMs = performance.now()
    const isLoop = nowMs - lastCrashMs < loopMs
    lastCrashMs = nowMs
    if (isLoop) return
    setImmediate(() => {
      if (!contents.isDestroyed()) contents.reload()
    })
  })
}

function windowOptions(preloadPath: string, backgroundColor: string): BrowserWindowConstructorOptions {
  return {
    name: 'main',
    windowStatePersistence: true,
    title: 'Vigie',
    width: 1280,
    height: 860,
    minWidth: 1024,
    minHeight: 700,
    show: false,
    autoHideMenuBar: true,
    backgroundColor,
    webPreferences: {
      preload: preloadPath,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      // The spell checker would fetch its dictionaries from elsewhere.
      spellcheck: false,
    },
  }
}

function backgroundOf(theme: NativeTheme): string {
  return theme.shouldUseDarkColors ? backgroundColors.dark : backgroundColors.light
}
