import { useSyncExternalStore } from 'react'

/** What is being typed, by form. In memory alone: it is gone with the window. */
interface Drafts<Value> {
  readonly read: (key: string) => Value
  readonly keep: (key: string, value: Value) => void
  /** For when it was sent or given up. */
  readonly drop: (key: string) => void
  readonly subscribe: (listener: () => void) => () => void
}

export function createDrafts<Value>(blank: Value): Drafts<Value> {
  const kept = new Map<string, Value>()
  const listeners = new Set<() => void>()
  const tell = () => {
    for (const listener of listeners) listener()
  }
  return {
    read: (key) => kept.get(key) ?? blank,
    keep(key, value) {
      kept.set(key, value)
      tell()
    },
    drop(key) {
      kept.delete(key)
      tell()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** A draft as it stands, drawn again when it changes. `key`: the form and what it is about. */
export function useDraftOf<Value>(drafts: Drafts<Value>, key: string): Value {
  return useSyncExternalStore(drafts.subscribe, () => drafts.read(key))
}

interface Draft {
  readonly text: string
  readonly type: (text: string) => void
  /** For when it was sent or given up. */
  readonly forget: () => void
}

const texts = createDrafts('')

/**
 * A text that somebody types, kept while the window lives: neither an error, a reconnect, another language nor a look
 * elsewhere loses it. `key`: the form and what it is about.
 */
export function useDraft(key: string): Draft {
  return {
    text: useDraftOf(texts, key),
    type: (text) => texts.keep(key, text),
    forget: () => texts.drop(key),
  }
}
