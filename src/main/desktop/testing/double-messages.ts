/** What the tests and the process with the double of Electron say to each other, over Node's own channel. */

/** A frame as a message's sender has it; null when it is gone. */
export interface FrameFacts {
  readonly origin: string
  readonly isMainFrame: boolean
  readonly isDetached: boolean
}

export interface WindowFacts {
  readonly options: {
    readonly [name: string]: unknown
    readonly webPreferences: Readonly<Record<string, unknown>>
  }
  readonly url: string | null
  readonly isVisible: boolean
  readonly backgroundColor: string
  readonly focusCount: number
  readonly reloadCount: number
}

export interface DesktopFacts {
  readonly schemes: readonly { readonly scheme: string; readonly privileges?: object }[]
  readonly isSandboxEnabled: boolean
  readonly appUserModelId: string | null
  /** The application menu's roles, submenus included. */
  readonly menuRoles: readonly string[]
  readonly menuLabels: readonly string[]
  readonly windows: readonly WindowFacts[]
  readonly relaunchCount: number
}

export interface ProtocolAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

/** Events of a window's contents that a handler may prevent. */
export type PreventableEvent = 'will-navigate' | 'will-frame-navigate' | 'will-redirect' | 'will-attach-webview'

/** What a test may ask of the process. */
export interface Commands {
  readonly inspect: () => DesktopFacts
  readonly request: (url: string, method: string) => Promise<ProtocolAnswer>
  /** Whether the window's contents prevented it. */
  readonly prevents: (event: PreventableEvent, url: string, isMainFrame?: boolean) => boolean
  readonly openWindow: (url: string) => { readonly action: string }
  /** The main frame shows another document now. */
  readonly commitNavigation: (url: string) => void
  readonly showPage: () => void
  /** A message from the page, with `structuredClone` behind it. */
  readonly sendFromPage: (channel: string, args: readonly unknown[], frame: FrameFacts | null) => void
  readonly requestPermission: (permission: string, url: string, isMainFrame: boolean) => boolean
  readonly checkPermission: (permission: string, origin: string, isMainFrame: boolean) => boolean
  readonly allowsDevice: (deviceType: string) => boolean
  /** Whether a capture of the screen was given a stream. */
  readonly allowsCapture: () => boolean
  readonly allowsDownload: () => boolean
  readonly emitToApp: (event: 'second-instance' | 'activate') => void
  /** Where the person keeps files from now on; null: they change their mind. */
  readonly answerSaveDialogs: (path: string | null) => void
  readonly clickMenu: (label: string) => void
  /** The one that was shown last. */
  readonly clickNotification: () => void
  readonly closeWindow: () => void
  readonly crashPage: (reason: string) => void
  readonly setDarkColors: (isDark: boolean) => void
  readonly quit: () => void
}

export interface CommandMessage {
  readonly id: number
  readonly name: keyof Commands
  readonly args: readonly unknown[]
}

/** What the process tells by itself. */
export type DoubleEvent =
  | { readonly kind: 'load'; readonly url: string }
  | { readonly kind: 'opened-outside'; readonly url: string }
  | { readonly kind: 'reload' }
  /** For the page, cloned. */
  | { readonly kind: 'send'; readonly channel: string; readonly args: readonly unknown[] }
  | { readonly kind: 'error-box'; readonly title: string; readonly content: string }
  | { readonly kind: 'save-dialog'; readonly defaultPath: string }
  | { readonly kind: 'message-box'; readonly message: string; readonly detail: string }
  | { readonly kind: 'notification'; readonly title: string; readonly body: string }

/** `value` has the type of the command's result. */
export type DoubleMessage =
  | DoubleEvent
  | { readonly kind: 'answer'; readonly id: number; readonly value: never }
  | { readonly kind: 'failure'; readonly id: number; readonly message: string }
