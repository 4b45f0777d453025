import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { BulkActKind } from '../../core/bulk/bulk-act.ts'
import type { Selection } from '../../core/bulk/fix-selection.ts'
import { useTRPC } from '../data/trpc.ts'
import { useWords } from '../i18n/language.tsx'
import { QueryView } from '../ui/query-view.tsx'
import { SidePanel } from '../ui/side-panel.tsx'
import { AskBulk } from './ask-bulk.tsx'
import classes from './bulk.module.css'
import { BulkEnded } from './bulk-ended.tsx'
import { BulkRunning } from './bulk-running.tsx'

interface BulkPanelProps {
  /** What is marked, to be asked about; or the act that is looked at. */
  readonly subject:
    | { readonly kind: 'ask'; readonly act: BulkActKind; readonly selection: Selection }
    | { readonly kind: 'act'; readonly bulkId: string }
  readonly onStarted: () => void
  readonly onClose: () => void
}

/** Beside the list: what a bulk act would do, in numbers, and why; then how far it is; then what became of each. */
export function BulkPanel({ subject, onStarted, onClose }: BulkPanelProps) {
  const { bulk } = useWords()
  const [startedId, setStartedId] = useState<string | null>(null)
  const bulkId = startedId ?? (subject.kind === 'act' ? subject.bulkId : null)
  return (
    <SidePanel
      title={subject.kind === 'ask' ? bulk.acts[subject.act].title : bulk.panel}
      badge={null}
      isRefreshing={false}
      closeLabel={bulk.close}
      onClose={onClose}
    >
      <div className={classes.panel}>
        {bulkId === null && subject.kind === 'ask' && (
          <AskBulk
            kind={subject.act}
            selection={subject.selection}
            onStarted={(id) => {
              setStartedId(id)
              onStarted()
            }}
          />
        )}
        {bulkId !== null && <WatchBulk bulkId={bulkId} />}
      </div>
    </SidePanel>
  )
}

/** How often a running act is asked how far it is. */
const askEveryMs = 400

function WatchBulk({ bulkId }: { bulkId: string }) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const query = useQuery(
    trpc.bulk.get.queryOptions(
      { bulkId },
      {
        staleTime: 0,
        refetchInterval: ({ state }) => {
          if (state.data !== undefined && state.data.state !== 'running') return false
          return askEveryMs
        },
      },
    ),
  )
  const isRunning = query.data?.state === 'running'
  const [wasRunning, setWasRunning] = useState(isRunning)
  if (isRunning !== wasRunning) {
    setWasRunning(isRunning)
    // The list's line about it and the numbers of the platform.
    if (!isRunning) void queryClient.invalidateQueries(trpc.bulk.latest.pathFilter())
  }
  return (
    <QueryView query={query}>
      {(progress) =>
        progress.state === 'running' ? <BulkRunning progress={progress} /> : <BulkEnded progress={progress} />
      }
    </QueryView>
  )
}
