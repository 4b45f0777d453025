import { type Shortcut, type ShortcutId, shortcuts } from './shortcuts.ts'

/** What there is to know of a key that was pressed. */
export interface PressedKey {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  /** Whether it goes into a field. */
  readonly isTyping: boolean
  /** Since any beginning. */
  readonly atMs: number
}

/** `pending`: the first of two keys. */
export type KeyReading = ShortcutId | 'pending' | null

export interface KeyReader {
  readonly read: (pressed: PressedKey) => KeyReading
}

/** How long after the first of two keys the second one counts. */
export const sequenceMs = 1_500

const byKeys = new Map<string, ShortcutId>(
  shortcuts.flatMap(({ id, keys }: Shortcut) => keys.map((key) => [key, id] as const)),
)
const firstKeys = new Set([...byKeys.keys()].flatMap((keys) => (keys.includes(' ') ? [keys.split(' ')[0]] : [])))

/**
 * Reads keys into shortcuts. Nothing that is typed into a field is one, but for ⌘/Ctrl K; with `areLettersOn` false no
 * letter, digit or sign is one either.
 */
export function createKeyReader({ isMac, areLettersOn }: { isMac: boolean; areLettersOn: () => boolean }): KeyReader {
  let first: { readonly key: string; readonly atMs: number } | null = null
  return {
    read({ key, ctrlKey, metaKey, altKey, isTyping, atMs }) {
      const before = first !== null && atMs - first.atMs <= sequenceMs ? first.key : null
      first = null
      const isModified = isMac ? metaKey && !ctrlKey : ctrlKey && !metaKey
      if (isModified && !altKey) return byKeys.get(`Mod+${key.toLowerCase()}`) ?? null
      if (isTyping || ctrlKey || metaKey || altKey) return null
      if (key.length === 1 && !areLettersOn()) return null
      const second = before === null ? undefined : byKeys.get(`${before} ${key}`)
      if (second !== undefined) return second
      if (firstKeys.has(key)) {
        first = { key, atMs }
        return 'pending'
      }
      return byKeys.get(key) ?? null
    },
  }
}
