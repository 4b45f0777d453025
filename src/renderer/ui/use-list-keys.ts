import { useEffect, useRef } from 'react'

interface ListKeys {
  readonly focusSearch?: () => void
  readonly close?: () => void
}

/** `/` goes to the search, if there is one, Escape closes what is open; neither while somebody types. */
export function useListKeys(keys: ListKeys): void {
  const latest = useRef(keys)
  useEffect(() => {
    latest.current = keys
  })
  useEffect(() => {
    const handle = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return
      if (isTyping(event.target)) {
        if (event.key === 'Escape' && event.target instanceof HTMLElement) event.target.blur()
        return
      }
      if (event.key === '/' && latest.current.focusSearch) latest.current.focusSearch()
      else if (event.key === 'Escape') latest.current.close?.()
      else return
      event.preventDefault()
    }
    window.addEventListener('keydown', handle)
    return () => window.removeEventListener('keydown', handle)
  }, [])
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('input, textarea, select')
}
