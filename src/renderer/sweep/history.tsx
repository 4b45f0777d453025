import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { Run } from '../../core/queries/runs.ts'
import { useTRPC, useTRPCClient } from '../data/trpc.ts'
import { useWords } from '../i18n/language.tsx'
import { EmptyState, Loading } from '../ui/empty-state.tsx'
import { ErrorPanel } from '../ui/error-panel.tsx'
import { Refreshing } from '../ui/refreshing.tsx'
import { useLast } from '../ui/use-last.ts'
import classes from './history.module.css'
import { HistoryRow } from './history-row.tsx'

const pageSize = 50

/** The sweeps that ran, the latest first; one of them may be open. */
export function History({ runId }: { runId: number | null }) {
  const trpc = useTRPC()
  const client = useTRPCClient()
  const { sweeps, state } = useWords()
  const query = useInfiniteQuery({
    queryKey: [...trpc.sweeps.history.pathKey(), 'pages'],
    queryFn: ({ pageParam, signal }) =>
      client.sweeps.history.query({ beforeId: pageParam, limit: pageSize }, { signal }),
    initialPageParam: null as number | null,
    getNextPageParam: (last: readonly Run[]) => (last.length < pageSize ? null : (last.at(-1)?.id ?? null)),
    refetchOnMount: 'always',
  })
  const failure = useLast(query.error)
  const runs = query.data?.pages.flat()
  if (runs === undefined) {
    if (failure === null) return <Loading text={state.loading} />
    return <ErrorPanel error={failure} onRetry={() => void query.refetch()} />
  }
  if (runs.length === 0) return <EmptyState title={sweeps.noHistory} />
  const numbers = [sweeps.put, sweeps.disabled, sweeps.queued]
  return (
    <div className={classes.frame}>
      <Refreshing isOn={query.isFetching} />
      <div className={classes.scroller}>
        <table className={classes.table}>
          <caption className="unseen">{sweeps.history}</caption>
          <thead>
            <tr>
              {[sweeps.number, sweeps.started, sweeps.outcome].map((label) => (
                <th key={label} scope="col">
                  {label}
                </th>
              ))}
              {numbers.map((label) => (
                <th key={label} scope="col" className={classes.number}>
                  {label}
                </th>
              ))}
              {[sweeps.duration, sweeps.who, sweeps.where].map((label) => (
                <th key={label} scope="col">
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {runs.map((run) => (
              <HistoryRow key={run.id} run={run} isOpen={run.id === runId} />
            ))}
          </tbody>
        </table>
        {query.hasNextPage && (
          <Button
            className={classes.older ?? ''}
            variant="default"
            loading={query.isFetchingNextPage}
            onClick={() => void query.fetchNextPage()}
          >
            {state.older}
          </Button>
        )}
      </div>
    </div>
  )
}
