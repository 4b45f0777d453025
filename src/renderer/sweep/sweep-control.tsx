import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Run } from '../../core/queries/runs.ts'
import type { PreviewCounts } from '../../core/sweep/preview.ts'
import { useTRPC } from '../data/trpc.ts'
import { useWords } from '../i18n/language.tsx'
import { Card } from '../ui/card.tsx'
import { QueryView } from '../ui/query-view.tsx'
import { Confirmation } from './confirmation.tsx'
import { DueCounts } from './due-counts.tsx'
import { RunEnded } from './run-ended.tsx'
import { RunProgress } from './run-progress.tsx'
import { useWatchedRun } from './use-watched-run.ts'

interface SweepControlProps {
  readonly counts: UseQueryResult<PreviewCounts, unknown>
  readonly isReadOnly: boolean
}

/**
 * The one place from which a sweep is steered: what is due, the question before it starts, how far it is, how it ended.
 * A sweep that somebody else runs shows here too.
 */
export function SweepControl({ counts, isReadOnly }: SweepControlProps) {
  const trpc = useTRPC()
  const { sweeps } = useWords()
  const summary = useQuery(trpc.overview.summary.queryOptions())
  const [isAsking, setAsking] = useState(false)
  const watched = useWatchedRun()
  const due = counts.data === undefined ? 0 : counts.data.deactivated + counts.data.disabled

  if (watched.run !== null) {
    const { run } = watched
    // Who looks at a run has not confirmed the one after it.
    if (isAsking) setAsking(false)
    return (
      <Card title={titleOf(run, sweeps)}>
        {run.outcome === null && !run.isStale ? (
          <RunProgress run={run} counts={counts.data} />
        ) : (
          <RunEnded run={run} onDismiss={watched.dismiss} />
        )}
      </Card>
    )
  }
  return (
    <Card title={isAsking ? sweeps.confirmTitle : sweeps.now}>
      <QueryView query={counts}>
        {(data) =>
          isAsking && due > 0 ? (
            <Confirmation
              counts={data}
              onStarted={(runId) => {
                watched.watch(runId)
                setAsking(false)
              }}
              onLeave={() => setAsking(false)}
            />
          ) : (
            <DueCounts
              counts={data}
              nextTickAt={summary.data?.ticks.sweep ?? null}
              isReadOnly={isReadOnly}
              onAsk={() => setAsking(true)}
            />
          )
        }
      </QueryView>
    </Card>
  )
}

function titleOf(run: Run, words: ReturnType<typeof useWords>['sweeps']): string {
  return run.outcome === null && !run.isStale ? words.running(run.id) : words.ended(run.id)
}
