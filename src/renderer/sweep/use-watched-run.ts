import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Run } from '../../core/queries/runs.ts'
import { retryAfterMs } from '../data/query-client.ts'
import { isPassing, readError } from '../data/read-error.ts'
import { useTRPC } from '../data/trpc.ts'

/** A running sweep is also asked after, in case that its messages do not arrive. */
const askEveryMs = 2_000

interface WatchedRun {
  /** The sweep that runs, or the one that was watched until it ended; null: none. */
  readonly run: Run | null
  readonly watch: (runId: number) => void
  readonly dismiss: () => void
}

/** Follows whichever sweep runs, wherever it was started, and keeps it in sight when it has ended. */
export function useWatchedRun(): WatchedRun {
  const trpc = useTRPC()
  const [runId, setRunId] = useState<number | null>(null)
  const latest = useQuery(trpc.sweeps.history.queryOptions({ beforeId: null, limit: 5 }, { refetchOnMount: 'always' }))
  const running = latest.data?.find((run) => run.outcome === null && !run.isStale)
  const watched = useQuery({
    ...trpc.sweeps.get.queryOptions(
      { runId: runId ?? 0 },
      {
        refetchInterval: ({ state }) => {
          if (state.error !== null) return isPassing(readError(state.error)) ? retryAfterMs : false
          return state.data?.outcome === null && !state.data.isStale ? askEveryMs : false
        },
      },
    ),
    enabled: runId !== null,
  })
  // The next sweep takes the place of one that has ended.
  const hasEnded = watched.data !== undefined && (watched.data.outcome !== null || watched.data.isStale)
  if (running !== undefined && (runId === null || (hasEnded && running.id > runId))) setRunId(running.id)
  return {
    run: runId === null ? null : (watched.data ?? latest.data?.find((run) => run.id === runId) ?? null),
    watch: setRunId,
    dismiss: () => setRunId(null),
  }
}
