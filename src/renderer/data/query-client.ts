import { QueryCache, QueryClient } from '@tanstack/react-query'
import { setServerNow } from '../ui/clock.ts'
import { isPassing, readError } from './read-error.ts'

/** How long after a failure that passes by itself the call is made again. */
export const retryAfterMs = 3_000

/** The page's cache. Queries that failed for want of a database are made again until it is back. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({ onSuccess: followServerClock }),
    defaultOptions: {
      queries: {
        // The server is on this machine or at the end of a tunnel: what the browser believes of the network says nothing.
        networkMode: 'always',
        retry: false,
        staleTime: 20_000,
        refetchInterval: ({ state }) =>
          state.error !== null && isPassing(readError(state.error)) ? retryAfterMs : false,
      },
      mutations: { networkMode: 'always', retry: false },
    },
  })
}

/** Several answers carry the database's `now`, the only clock that the rules know. */
function followServerClock(data: unknown): void {
  if (typeof data === 'object' && data !== null && 'now' in data && typeof data.now === 'string') setServerNow(data.now)
}
