import { type QueryCache, useQueryClient } from '@tanstack/react-query'
import { useMemo, useSyncExternalStore } from 'react'
import { isConnectionLoss, readError, type ShownError } from './read-error.ts'

/** What stands between this window and its data; null while all is well. */
export function useConnectionError(): ShownError | null {
  const queryClient = useQueryClient()
  const store = useMemo(() => createConnectionStore(queryClient.getQueryCache()), [queryClient])
  return useSyncExternalStore(store.subscribe, store.read)
}

function createConnectionStore(cache: QueryCache) {
  let shown: ShownError | null = null
  const update = (listener: () => void) => {
    const found = findConnectionError(cache, shown)
    if (found?.code === shown?.code && found?.message === shown?.message) return
    shown = found
    listener()
  }
  return {
    subscribe: (listener: () => void) => cache.subscribe(() => queueMicrotask(() => update(listener))),
    read: () => shown,
  }
}

/** A query that is being tried again has no error meanwhile: what was said stays until one has succeeded. */
function findConnectionError(cache: QueryCache, shown: ShownError | null): ShownError | null {
  const watched = cache.findAll({ type: 'active' })
  for (const { state } of watched) {
    if (state.error === null) continue
    const error = readError(state.error)
    if (isConnectionLoss(error) || error.code === 'UNAUTHORIZED') return error
  }
  const isTrying = watched.some(({ state }) => state.fetchStatus === 'fetching' && state.errorUpdateCount > 0)
  const hasNone = watched.every(({ state }) => state.status === 'pending')
  return shown !== null && (isTrying || hasNone) ? shown : null
}
