/*
 * A small double of Electron's main process, enough to run the built out/main/index.js in plain Node and to refuse what
 * Electron would refuse: the wrong order, a name twice, what can't be cloned. It stands in for the module `electron` by a
 * hook of Node's loader (desktop-process.ts), and is asked and told over the channel to the process that started it.
 */
import { EventEmitter } from 'node:events'
import type {
  BrowserWindowConstructorOptions,
  CustomScheme,
  MenuItemConstructorOptions,
  MessageBoxOptions,
} from 'electron'
import type { CommandMessage, Commands, DoubleEvent } from './double-messages.ts'
import { SessionDouble } from './session-double.ts'
import { openWindows, WindowDouble } from './window-double.ts'

const tell = (event: DoubleEvent): void => {
  process.send?.(event)
}

let isReady = false
let isQuitting = false
let isSandboxEnabled = false
let appUserModelId: string | null = null
let relaunchCount = 0
let schemes: readonly CustomScheme[] | null = null
let applicationMenu: readonly MenuItemConstructorOptions[] = []
const handlers = new Map<string, (request: Request) => Response | Promise<Response>>()
const defaultSession = new SessionDouble()

class AppDouble extends EventEmitter {
  readonly isPackaged = false

  whenReady(): Promise<void> {
    return isReady ? Promise.resolve() : new Promise((resolve) => this.once('ready', () => resolve()))
  }

  enableSandbox(): void {
    requireBeforeReady('app.enableSandbox()')
    isSandboxEnabled = true
  }

  setAppUserModelId(id: string): void {
    appUserModelId = id
  }

  requestSingleInstanceLock(): boolean {
    return process.env.ELECTRON_DOUBLE_IS_SECOND !== '1'
  }

  getPreferredSystemLanguages(): string[] {
    requireReady('app.getPreferredSystemLanguages()')
    return (process.env.ELECTRON_DOUBLE_LANGUAGES ?? 'en-GB').split(',')
  }

  relaunch(): void {
    relaunchCount += 1
  }

  quit(): void {
    let isPrevented = false
    const preventDefault = () => {
      isPrevented = true
    }
    this.emit('before-quit', { preventDefault })
    if (isPrevented) return
    isQuitting = true
    for (const window of openWindows()) window.close()
    this.emit('will-quit', { preventDefault() {} })
    this.exit(0)
  }

  exit(exitCode = 0): never {
    process.exit(exitCode)
  }
}

export const app = new AppDouble()

export class BrowserWindow extends WindowDouble {
  constructor(options: BrowserWindowConstructorOptions) {
    super(options, {
      isReady: () => isReady,
      tell,
      onCreated: (contents) => app.emit('web-contents-created', {}, contents),
      onAllClosed: () => {
        if (isQuitting) return
        if (!app.emit('window-all-closed')) app.quit()
      },
    })
  }
}

export const protocol = {
  registerSchemesAsPrivileged(list: readonly CustomScheme[]): void {
    requireBeforeReady('protocol.registerSchemesAsPrivileged')
    if (schemes !== null) throw new Error('protocol.registerSchemesAsPrivileged may be called once')
    schemes = list
  },
  handle(scheme: string, handler: (request: Request) => Response | Promise<Response>): void {
    requireReady('protocol.handle')
    if (handlers.has(scheme)) throw new Error(`${scheme} is already registered`)
    handlers.set(scheme, handler)
  },
}

export const session = {
  get defaultSession(): SessionDouble {
    requireReady('session.defaultSession')
    return defaultSession
  },
}

export const nativeTheme = Object.assign(new EventEmitter(), { shouldUseDarkColors: false })

export const Menu = {
  buildFromTemplate: (template: readonly MenuItemConstructorOptions[]) => template,
  setApplicationMenu(menu: readonly MenuItemConstructorOptions[]): void {
    requireReady('Menu.setApplicationMenu')
    applicationMenu = menu
  },
}

/** The system's keyring: not clear text, and the same for every start. */
const turn = (bytes: Buffer) => Buffer.from(bytes.map((byte) => byte ^ 0xa5))
const keyring = process.env.ELECTRON_DOUBLE_KEYRING ?? 'gnome_libsecret'

export const safeStorage = {
  getSelectedStorageBackend: () => (isReady ? keyring : 'unknown'),
  isAsyncEncryptionAvailable(): Promise<boolean> {
    requireReady('safeStorage.isAsyncEncryptionAvailable')
    return Promise.resolve(true)
  },
  encryptStringAsync(text: string): Promise<Buffer> {
    requireReady('safeStorage.encryptStringAsync')
    return Promise.resolve(turn(Buffer.from(text)))
  },
  decryptStringAsync(sealed: Buffer): Promise<{ result: string; shouldReEncrypt: boolean }> {
    requireReady('safeStorage.decryptStringAsync')
    return Promise.resolve({ result: turn(sealed).toString(), shouldReEncrypt: false })
  },
}

let lastNotification: Notification | undefined

export class Notification extends EventEmitter {
  readonly #options: { readonly title: string; readonly body: string }

  constructor(options: { readonly title: string; readonly body: string }) {
    super()
    requireReady('Notification')
    this.#options = options
  }

  static isSupported(): boolean {
    return true
  }

  show(): void {
    lastNotification = this
    tell({ kind: 'notification', ...this.#options })
  }
}

/** What the next person to be asked where to keep a file answers; null: they change their mind. */
let savePath: string | null = null
export const shell = {
  async openExternal(url: string): Promise<void> {
    tell({ kind: 'opened-outside', url })
  },
}

export const dialog = {
  showSaveDialog(_window: WindowDouble, { defaultPath = '' }: { readonly defaultPath?: string }) {
    tell({ kind: 'save-dialog', defaultPath })
    return Promise.resolve({ canceled: savePath === null, filePath: savePath ?? '' })
  },
  showMessageBox(...args: readonly [...parents: WindowDouble[], box: MessageBoxOptions]): Promise<void> {
    const box = args.at(-1)
    if (box instanceof WindowDouble || box === undefined) throw new Error('showMessageBox needs its options')
    tell({ kind: 'message-box', message: box.message, detail: box.detail ?? '' })
    return Promise.resolve()
  },
  showErrorBox: (title: string, content: string): void => tell({ kind: 'error-box', title, content }),
}

function requireBeforeReady(what: string): void {
  if (isReady) throw new Error(`${what} should be called before app is ready`)
}

function requireReady(what: string): void {
  if (!isReady) throw new Error(`${what} can only be used after app is ready`)
}

function itemsOf(items: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] {
  return items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? itemsOf(item.submenu) : [])])
}

function theWindow(): WindowDouble {
  const [window] = openWindows()
  if (window === undefined) throw new Error('There is no window.')
  return window
}

const commands: Commands = {
  inspect: () => ({
    schemes: schemes ?? [],
    isSandboxEnabled,
    appUserModelId,
    menuRoles: itemsOf(applicationMenu).flatMap(({ role }) => role ?? []),
    menuLabels: itemsOf(applicationMenu).flatMap(({ label }) => label ?? []),
    windows: openWindows().map((window) => window.inspect()),
    relaunchCount,
  }),
  async request(url, method) {
    const handler = handlers.get(new URL(url).protocol.slice(0, -1))
    if (handler === undefined) throw new Error(`Nobody answers ${url}`)
    const response = await handler(new Request(url, { method }))
    return {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: new Uint8Array(await response.arrayBuffer()),
    }
  },
  prevents: (event, url, isMainFrame) => theWindow().webContents.prevents(event, url, isMainFrame),
  openWindow: (url) => theWindow().webContents.askToOpen(url),
  commitNavigation: (url) => theWindow().webContents.commitNavigation(url),
  showPage() {
    theWindow().webContents.emit('did-finish-load')
    theWindow().emit('ready-to-show')
  },
  sendFromPage: (channel, args, frame) => theWindow().webContents.receive(channel, args, frame),
  requestPermission: (...args) => defaultSession.requestPermission(...args),
  checkPermission: (...args) => defaultSession.checkPermission(...args),
  allowsDevice: (deviceType) => defaultSession.allowsDevice(deviceType),
  allowsCapture: () => defaultSession.allowsCapture(),
  allowsDownload: () => defaultSession.allowsDownload(),
  emitToApp: (event) => {
    app.emit(event, {}, [], '/')
  },
  answerSaveDialogs(path) {
    savePath = path
  },
  clickMenu(label) {
    const item = itemsOf(applicationMenu).find((one) => one.label === label)
    if (item?.click === undefined) throw new Error(`Nothing in the menu is called ${label}`)
    Reflect.apply(item.click, undefined, [])
  },
  clickNotification() {
    lastNotification?.emit('click')
  },
  closeWindow: () => theWindow().close(),
  crashPage: (reason) => theWindow().webContents.crash(reason),
  setDarkColors(isDark) {
    nativeTheme.shouldUseDarkColors = isDark
    nativeTheme.emit('updated')
  },
  quit: () => app.quit(),
}

process.on('message', ({ id, name, args }: CommandMessage) => {
  const command: (...args: never) => unknown = commands[name]
  Promise.resolve()
    .then(() => Reflect.apply(command, commands, args))
    .then(
      (value) => process.send?.({ kind: 'answer', id, value }),
      (error: unknown) => process.send?.({ kind: 'failure', id, message: String(error) }),
    )
})
// Whoever started this is gone.
process.on('disconnect', () => process.exit(1))

// After the entry's own modules: they are evaluated in one go.
setImmediate(() => {
  isReady = true
  app.emit('ready')
})
