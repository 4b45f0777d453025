import { Button } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useRef } from 'react'
import type { Run } from '../../core/queries/runs.ts'
import { readError } from '../data/read-error.ts'
import { useTRPC, useTRPCClient } from '../data/trpc.ts'
import { useWords } from '../i18n/language.tsx'
import { useShortcuts } from '../keys/use-shortcuts.ts'
import { formatRoute, type SweepsRoute, sweepsStart } from '../route.ts'
import { EmptyState, Loading } from '../ui/empty-state.tsx'
import { ErrorPanel } from '../ui/error-panel.tsx'
import { Refreshing } from '../ui/refreshing.tsx'
import { useLast } from '../ui/use-last.ts'
import { RunRow } from './run-row.tsx'
import classes from './runs.module.css'

const pageSize = 50

/** All that ran, the latest first; one of them may be open. */
export function Runs({ route, isReadOnly }: { route: SweepsRoute; isReadOnly: boolean }) {
  const trpc = useTRPC()
  const client = useTRPCClient()
  const { sweeps, runs: words, state } = useWords()
  const { job } = route
  const table = useRef<HTMLTableElement>(null)
  useShortcuts({ nextRow: () => focusRow(table.current, 1), previousRow: () => focusRow(table.current, -1) })
  const query = useInfiniteQuery({
    queryKey: [...trpc.sweeps.runs.pathKey(), 'pages', job],
    queryFn: ({ pageParam, signal }) =>
      client.sweeps.runs.query({ job, beforeId: pageParam, limit: pageSize }, { signal }),
    initialPageParam: null as number | null,
    getNextPageParam: (last: readonly Run[]) => (last.length < pageSize ? null : (last.at(-1)?.id ?? null)),
    refetchOnMount: 'always',
  })
  const failure = useLast(query.error)
  const listed = query.data?.pages.flat()
  const far = useFarRun(route.runId, listed)
  if (listed === undefined) {
    if (failure === null) return <Loading text={state.loading} />
    return <ErrorPanel error={failure} onRetry={() => void query.refetch()} />
  }
  const runs = far.run === null ? listed : [far.run, ...listed]
  if (runs.length === 0 && far.error === null) {
    return (
      <EmptyState
        title={sweeps.noRuns}
        hint={sweeps.noRunsHint}
        action={<a href={formatRoute(sweepsStart)}>{sweeps.toPreview}</a>}
      />
    )
  }
  const headers = [
    sweeps.number,
    words.job,
    words.tick,
    sweeps.started,
    sweeps.outcome,
    words.counts,
    sweeps.duration,
    sweeps.who,
    sweeps.where,
  ]
  return (
    <div className={classes.frame}>
      <Refreshing isOn={query.isFetching} />
      <div className={classes.scroller}>
        {far.error !== null && <FarError error={far.error} runId={route.runId ?? 0} />}
        <table ref={table} className={classes.table}>
          <caption className="unseen">{sweeps.runs}</caption>
          <thead>
            <tr>
              {headers.map((label) => (
                <th key={label} scope="col">
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {runs.map((run) => (
              <RunRow key={run.id} run={run} route={route} isReadOnly={isReadOnly} />
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

/** Leads from the row that has the focus to another; Enter opens it, since its focus is on its button. */
function focusRow(table: HTMLTableElement | null, rowsOn: number): void {
  const buttons = [...(table?.querySelectorAll<HTMLElement>('td:first-child > button[aria-expanded]') ?? [])]
  const at = buttons.findIndex((button) => button.closest('tr')?.contains(document.activeElement))
  buttons[Math.max(0, Math.min(at + rowsOn, buttons.length - 1))]?.focus()
}

/**
 * A run that was asked for and is not among those listed: an old one, or one of another job. It stands first; or why it
 * can't.
 */
function useFarRun(runId: number | null, listed: readonly Run[] | undefined): { run: Run | null; error: unknown } {
  const trpc = useTRPC()
  const isFar = runId !== null && listed !== undefined && !listed.some((run) => run.id === runId)
  const { data, error } = useQuery({ ...trpc.sweeps.get.queryOptions({ runId: runId ?? 1 }), enabled: isFar })
  return { run: isFar && data !== undefined ? data : null, error: isFar ? error : null }
}

function FarError({ error, runId }: { error: unknown; runId: number }) {
  const { runs: words } = useWords()
  if (readError(error).code !== 'RUN_NOT_FOUND') return <ErrorPanel error={error} />
  return (
    <p className={classes.missing} role="alert">
      {words.noSuchRun(runId)}
    </p>
  )
}
