declare global {
  interface Window {
    /** Into the preload, from the desktop's process. */
    electronDoubleReceive?: (channel: string, args: readonly unknown[]) => void
    electronDoubleSend: (channel: string, args: readonly unknown[]) => Promise<void>
  }
}

/**
 * A script for the start of every document, which runs the built preload as Electron's sandbox does: CommonJS, with a
 * `require` that knows few modules, and a bridge that copies. It has no access to Node, being in a browser.
 */
export function electronShim(origin: string, preload: string): string {
  return `if (window.top === window && location.origin === ${JSON.stringify(origin)}) {
    (${startSandbox})((require, module, exports) => {
${preload}
    })
  }`
}

/** Runs in the browser, from its source: it uses nothing from around it. */
function startSandbox(runPreload: (require: (name: string) => object, module: object, exports: object) => void): void {
  const listeners = new Map<string, Set<(event: object, ...args: unknown[]) => void>>()
  const listenersOf = (channel: string) => {
    const found = listeners.get(channel) ?? new Set()
    listeners.set(channel, found)
    return found
  }
  const ipcRenderer = {
    send(channel: string, ...args: unknown[]) {
      // Throws for what can't be cloned, as Electron does.
      void window.electronDoubleSend(channel, structuredClone(args))
    },
    on: (channel: string, listener: (event: object, ...args: unknown[]) => void) => {
      listenersOf(channel).add(listener)
      return ipcRenderer
    },
    removeListener: (channel: string, listener: (event: object, ...args: unknown[]) => void) => {
      listenersOf(channel).delete(listener)
      return ipcRenderer
    },
  }
  window.electronDoubleReceive = (channel, args) => {
    for (const listener of [...listenersOf(channel)]) listener({ sender: ipcRenderer }, ...args)
  }

  /** What crosses the bridge: functions become others, instances plain objects, symbols nothing, errors their message. */
  const copy = (value: unknown): unknown => {
    if (typeof value === 'function') {
      return (...args: unknown[]) => copy(Reflect.apply(value, undefined, args.map(copy)))
    }
    if (typeof value === 'symbol') throw new TypeError('a symbol can’t cross the context bridge')
    if (typeof value !== 'object' || value === null) return value
    if (value instanceof Promise) return value.then(copy)
    if (value instanceof Error) return new Error(value.message)
    if (Array.isArray(value)) return value.map(copy)
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, copy(inner)]))
  }
  const contextBridge = {
    exposeInMainWorld(name: string, api: object) {
      if (name in window) throw new Error(`window.${name} is taken`)
      Object.defineProperty(window, name, { value: Object.freeze(copy(api)), enumerable: true })
    },
  }
  const modules: Readonly<Record<string, object>> = {
    electron: { contextBridge, ipcRenderer },
    events: {},
    timers: {},
    url: { URL, URLSearchParams },
  }
  const module = { exports: {} }
  runPreload(
    (name) => {
      const found = modules[name]
      if (found === undefined) throw new Error(`module not found: ${name}`)
      return found
    },
    module,
    module.exports,
  )
}
