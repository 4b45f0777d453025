import { useEffect, useRef } from 'react'
import { createKeyReader } from './read-keys.ts'
import type { ShortcutId } from './shortcuts.ts'

type Handlers = { readonly [Id in ShortcutId]?: (() => void) | undefined }

/** Whoever came last is asked first: what is open lies over what is below it. */
const layers: { readonly current: Handlers }[] = []

const storageKey = 'vigie.letters'

/** Whether letters alone are shortcuts. */
export function areLettersOn(): boolean {
  return window.localStorage.getItem(storageKey) !== 'off'
}

/** Kept for the next time. */
export function setLettersOn(isOn: boolean): void {
  if (isOn) window.localStorage.removeItem(storageKey)
  else window.localStorage.setItem(storageKey, 'off')
}

export const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent)

/** Does something for shortcuts of the table, as long as the component is there. */
export function useShortcuts(handlers: Handlers): void {
  const latest = useRef(handlers)
  useEffect(() => {
    latest.current = handlers
  })
  useEffect(() => {
    layers.push(latest)
    return () => {
      layers.splice(layers.indexOf(latest), 1)
    }
  }, [])
}

/** Listens to the keys of the window: once, in its frame. */
export function useKeyListener(): void {
  useEffect(() => {
    const reader = createKeyReader({ isMac, areLettersOn })
    const handle = (event: KeyboardEvent) => {
      // What composes a character is no key yet; a dialog has keys of its own.
      if (event.defaultPrevented || event.isComposing || document.querySelector('dialog[open]') !== null) return
      const isTyping = isField(event.target)
      if (isTyping && event.key === 'Escape' && event.target instanceof HTMLElement) event.target.blur()
      const { key, ctrlKey, metaKey, altKey, timeStamp: atMs } = event
      const reading = reader.read({ key, ctrlKey, metaKey, altKey, isTyping, atMs })
      if (reading === null || reading === 'pending') return
      const act = layers.findLast(({ current }) => current[reading] !== undefined)?.current[reading]
      if (act === undefined) return
      event.preventDefault()
      act()
    }
    window.addEventListener('keydown', handle)
    return () => window.removeEventListener('keydown', handle)
  }, [])
}

const fields = 'input:not([type="checkbox"], [type="radio"]), textarea, select'

function isField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches(fields))
}
