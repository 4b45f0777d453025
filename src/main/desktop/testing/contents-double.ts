import { EventEmitter } from 'node:events'
import type { WindowOpenHandlerResponse } from 'electron'
import type { DoubleEvent, FrameFacts, PreventableEvent } from './double-messages.ts'

interface FrameDouble {
  readonly origin: string
  readonly parent: object | null
  readonly detached: boolean
}

/** A window's web contents: the page itself runs elsewhere, in a real browser that the test drives. */
export class ContentsDouble extends EventEmitter {
  readonly ipc = new EventEmitter()
  readonly #tell: (event: DoubleEvent) => void
  #isDestroyed = false
  #openHandler: (details: { url: string }) => WindowOpenHandlerResponse = () => ({ action: 'allow' })
  url: string | null = null
  reloadCount = 0

  constructor(tell: (event: DoubleEvent) => void) {
    super()
    this.#tell = tell
  }

  isDestroyed(): boolean {
    return this.#isDestroyed
  }

  /** Throws for what can't be cloned, as Electron does. */
  send(channel: string, ...args: unknown[]): void {
    this.#requireLife()
    this.#tell({ kind: 'send', channel, args: structuredClone(args) })
  }

  setWindowOpenHandler(handler: (details: { url: string }) => WindowOpenHandlerResponse): void {
    this.#openHandler = handler
  }

  reload(): void {
    this.#requireLife()
    this.reloadCount += 1
    this.#tell({ kind: 'reload' })
  }

  // What follows is for the tests.

  receive(channel: string, args: readonly unknown[], frame: FrameFacts | null): void {
    const senderFrame: FrameDouble | null = frame && {
      origin: frame.origin,
      parent: frame.isMainFrame ? null : {},
      detached: frame.isDetached,
    }
    this.ipc.emit(channel, { sender: this, senderFrame }, ...structuredClone(args))
  }

  /** A navigation has begun before anybody can prevent it, in the order of Electron's documentation. */
  prevents(event: PreventableEvent, url: string, isMainFrame = true): boolean {
    if (event === 'will-frame-navigate' && isMainFrame) this.#startNavigation(url)
    let isPrevented = false
    const preventDefault = () => {
      isPrevented = true
    }
    this.emit(event, { url, isMainFrame, preventDefault }, {}, {})
    return isPrevented
  }

  askToOpen(url: string): WindowOpenHandlerResponse {
    return this.#openHandler({ url })
  }

  commitNavigation(url: string): void {
    this.#startNavigation(url)
    this.url = url
    this.emit('did-navigate', {}, url, 200, 'OK')
  }

  crash(reason: string): void {
    this.emit('render-process-gone', {}, { reason, exitCode: 11 })
  }

  destroy(): void {
    this.#isDestroyed = true
    this.emit('destroyed')
    this.removeAllListeners()
    this.ipc.removeAllListeners()
  }

  #startNavigation(url: string): void {
    this.emit('did-start-navigation', { url, isSameDocument: false, isMainFrame: true })
  }

  #requireLife(): void {
    if (this.#isDestroyed) throw new TypeError('Object has been destroyed')
  }
}
