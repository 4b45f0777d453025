import { app, type BrowserWindow, dialog, Menu, nativeTheme, protocol, session, shell } from 'electron'
import type { Log } from '../../core/context.ts'
import { VigieError } from '../../core/errors.ts'
import type { App } from '../app.ts'
import { connectionPath } from '../rpc/connection.ts'
import { appRouter } from '../rpc/router.ts'
import { readVersion } from '../version.ts'
import { aboutText } from './about.ts'
import { chooseFile } from './choose-file.ts'
import { type ConnectedAppOptions, connectApp } from './connected-app.ts'
import { serveWindow } from './ipc.ts'
import { quitInOrder } from './lifecycle.ts'
import { menuTemplate } from './menu.ts'
import { denyNavigation } from './navigation.ts'
import { notify } from './notifications.ts'
import { appScheme, appUrl, isPlatformUrl } from './origin.ts'
import { denyPermissions } from './permissions.ts'
import { answerPageRequest } from './protocol.ts'
import { openRpcConnection } from './rpc-server.ts'
import { createWindow, focusWindow, loadPage, reloadAfterCrash } from './window.ts'
import { desktopWords } from './words.ts'

export interface DesktopOptions {
  readonly connection: ConnectedAppOptions
  /** The folder that holds the built page. */
  readonly rendererDir: string
  readonly preloadPath: string
  readonly log: Log
  /** How long quitting may wait for a sweep's batch and the database. */
  readonly stopTimeoutMs: number
}

/** The page's own name for the choice of a database (renderer/connection/connection-hash.ts). */
const connectionHash = '#/connection'

/** A page that crashes twice within this time is not loaded a third time. */
const crashLoopMs = 30_000

/**
 * Runs the desktop, from before the application is ready to its exit. The window opens while the database starts; the
 * page's questions wait for it. When the application can't be created, the sentence that says why is shown and the
 * process ends with exit code 1.
 */
export function runDesktop(options: DesktopOptions): void {
  const { log } = options
  const connected = connectApp(options.connection)
  const rpc = {
    router: appRouter,
    createContext: async (path: string) =>
      path.startsWith(connectionPath)
        ? { connection: connected.desk }
        : { app: { ...(await connected.now()), chooseFile: (name: string) => chooseFile(window, name) } },
    log,
    maxCalls: 200,
    maxSubscriptions: 8,
  }
  let window: BrowserWindow | null = null

  const showWindow = (): void => {
    // Whoever starts Vigie while it ends gets it when it has ended.
    if (quit.hasBegun()) app.relaunch()
    else if (window !== null) focusWindow(window)
    else window = openWindow('')
  }
  /** Shows a page, by its hash: in the window there is, which keeps what is typed elsewhere, or in a new one. */
  const openPage = (hash: string): void => {
    if (quit.hasBegun()) return
    if (window === null) window = openWindow(hash)
    else {
      loadPage(window, `${appUrl}${hash}`, log)
      focusWindow(window)
    }
  }
  const showAbout = async (): Promise<void> => {
    const facts = await connected
      .now()
      .then((opened) => opened.checkDatabase())
      .catch(() => null)
    const { electron, chrome, node } = process.versions
    const versions = { vigie: readVersion(), electron, chrome, node, postgres: facts?.serverVersion ?? null }
    const box = { type: 'info', ...aboutText(versions, desktopWords(app.getPreferredSystemLanguages())) } as const
    await (window === null ? dialog.showMessageBox(box) : dialog.showMessageBox(window, box))
  }
  const openWindow = (hash: string): BrowserWindow => {
    const opened = createWindow(options.preloadPath, nativeTheme)
    opened.once('closed', () => {
      window = null
    })
    serveWindow(opened.webContents, (send) => openRpcConnection(rpc, send), log)
    reloadAfterCrash(opened.webContents, log, crashLoopMs)
    loadPage(opened, `${appUrl}${hash}`, log)
    return opened
  }

  const openOutside = (url: string): void => {
    connected
      .now()
      .then(async ({ mailer }) => {
        if (isPlatformUrl(url, mailer.platformUrl)) await shell.openExternal(url)
      })
      .catch((err: unknown) => log.error({ err }, 'The system did not open the platform’s page.'))
  }

  app.on('web-contents-created', (_event, contents) => denyNavigation(contents, openOutside))
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit()
  })
  let notifying = new AbortController()
  const notifyOf = (opened: App): void => {
    notifying.abort()
    notifying = new AbortController()
    notify(opened, {
      signal: notifying.signal,
      words: desktopWords(app.getPreferredSystemLanguages()),
      isWatched: () => window?.isFocused() ?? false,
      openPage,
    }).catch((err: unknown) =>
      log.error({ err }, 'Nothing is notified any more; held sweeps and runs are on the pages.'),
    )
  }
  const quit = quitInOrder({
    app,
    signals: process,
    stop: async () => {
      notifying.abort()
      await connected.stop()
    },
    stopTimeoutMs: options.stopTimeoutMs,
    closeWindows: () => window?.close(),
    log,
  })
  const setMenu = (canChoose: boolean): void => {
    const template = menuTemplate({
      platform: process.platform,
      isDevelopment: !app.isPackaged,
      words: desktopWords(app.getPreferredSystemLanguages()),
      onPage: openPage,
      onConnection: canChoose ? () => openPage(connectionHash) : null,
      onAbout: () => {
        showAbout().catch((err: unknown) => log.error({ err }, 'The about box could not be shown.'))
      },
    })
    Menu.setApplicationMenu(Menu.buildFromTemplate(template))
  }
  app
    .whenReady()
    .then(() => {
      denyPermissions(session.defaultSession)
      protocol.handle(appScheme, (request) => answerPageRequest(options.rendererDir, request))
      setMenu(false)
      app.on('second-instance', showWindow)
      app.on('activate', showWindow)
      showWindow()
      connected.follow(notifyOf)
      return connected.canChoose().then(setMenu)
    })
    .then(() => connected.started)
    .catch((error: unknown) => {
      log.error({ err: error }, 'Vigie could not be started.')
      dialog.showErrorBox('Vigie could not be started', sentenceOf(error))
      app.exit(1)
    })
}

function sentenceOf(error: unknown): string {
  if (error instanceof VigieError) return error.message
  return 'Something unforeseen failed. Start Vigie from a terminal to see what.'
}
