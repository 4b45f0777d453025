import { EventEmitter } from 'node:events'
import type { BrowserWindowConstructorOptions } from 'electron'
import { ContentsDouble } from './contents-double.ts'
import type { DoubleEvent, WindowFacts } from './double-messages.ts'

/** What a window needs of the application around it. */
export interface WindowSurroundings {
  readonly isReady: () => boolean
  readonly tell: (event: DoubleEvent) => void
  readonly onCreated: (contents: ContentsDouble) => void
  readonly onAllClosed: () => void
}

const open = new Set<WindowDouble>()

export function openWindows(): readonly WindowDouble[] {
  return [...open]
}

export class WindowDouble extends EventEmitter {
  readonly webContents: ContentsDouble
  readonly #options: BrowserWindowConstructorOptions
  readonly #surroundings: WindowSurroundings
  #isVisible: boolean
  #backgroundColor: string
  #focusCount = 0

  constructor(options: BrowserWindowConstructorOptions, surroundings: WindowSurroundings) {
    super()
    if (!surroundings.isReady()) throw new Error('Cannot create BrowserWindow before app is ready')
    if (openWindows().some((other) => options.name !== undefined && other.#options.name === options.name)) {
      throw new Error(`Window name '${options.name}' is already in use.`)
    }
    this.#options = options
    this.#surroundings = surroundings
    this.#isVisible = options.show ?? true
    this.#backgroundColor = options.backgroundColor ?? '#FFF'
    this.webContents = new ContentsDouble(surroundings.tell)
    open.add(this)
    surroundings.onCreated(this.webContents)
  }

  /** Resolves when the test has shown the page. */
  loadURL(url: string): Promise<void> {
    this.#surroundings.tell({ kind: 'load', url })
    return new Promise((resolve) => this.webContents.once('did-finish-load', resolve))
  }

  show(): void {
    this.#isVisible = true
  }

  focus(): void {
    this.#focusCount += 1
  }

  isFocused(): boolean {
    return this.#focusCount > 0
  }

  isMinimized(): boolean {
    return false
  }

  setBackgroundColor(color: string): void {
    this.#backgroundColor = color
  }

  isDestroyed(): boolean {
    return !open.has(this)
  }

  close(): void {
    if (!open.delete(this)) return
    this.webContents.destroy()
    this.emit('closed')
    if (open.size === 0) this.#surroundings.onAllClosed()
  }

  inspect(): WindowFacts {
    const { webPreferences, ...options } = this.#options
    return {
      options: { ...options, webPreferences: { ...webPreferences } },
      url: this.webContents.url,
      isVisible: this.#isVisible,
      backgroundColor: this.#backgroundColor,
      focusCount: this.#focusCount,
      reloadCount: this.webContents.reloadCount,
    }
  }
}
