import { useMemo, useSyncExternalStore } from 'react'
import { formatRoute, ignoredParams, parseRoute, type Route } from './route.ts'

/** Goes to a route. `replace`: without a step in the history, for what changes with every key. */
export function navigate(route: Route, how: 'push' | 'replace' = 'push'): void {
  const hash = formatRoute(route)
  if (hash === window.location.hash) return
  if (how === 'push') window.history.pushState(null, '', hash)
  else window.history.replaceState(null, '', hash)
  for (const listener of listeners) listener()
}

/** The route of now, and what its address holds beside it; the component renders again when it changes. */
export function useRoute(): { readonly route: Route; readonly ignored: readonly string[] } {
  const hash = useSyncExternalStore(subscribe, readHash)
  return useMemo(() => ({ route: parseRoute(hash), ignored: ignoredParams(hash) }), [hash])
}

const listeners = new Set<() => void>()

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  window.addEventListener('popstate', listener)
  window.addEventListener('hashchange', listener)
  return () => {
    listeners.delete(listener)
    window.removeEventListener('popstate', listener)
    window.removeEventListener('hashchange', listener)
  }
}

function readHash(): string {
  return window.location.hash
}
