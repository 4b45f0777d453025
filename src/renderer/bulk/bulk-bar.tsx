import { Button, CloseButton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { BulkActKind } from '../../core/bulk/bulk-act.ts'
import { maxBulkProjects } from '../../core/bulk/fix-selection.ts'
import type { ProjectView } from '../../core/queries/projects.ts'
import { useTRPC } from '../data/trpc.ts'
import { useWords } from '../i18n/language.tsx'
import classes from './bulk.module.css'
import { ExportView } from './export-view.tsx'
import { dealtWith } from './progress.ts'
import type { ProjectMarking } from './use-marking.ts'

interface BulkBarProps {
  readonly marking: ProjectMarking
  readonly view: ProjectView
  readonly isReadOnly: boolean
  /** What is marked is to be acted on. */
  readonly onAsk: (kind: BulkActKind) => void
  /** An act is to be looked at. */
  readonly onShow: (bulkId: string) => void
}

/** Beneath the list, always of the same height: what is marked and what can be done with it; and the export. */
export function BulkBar({ marking, view, isReadOnly, onAsk, onShow }: BulkBarProps) {
  const { bulk } = useWords()
  return (
    <section className={classes.bar} aria-label={bulk.bar}>
      <Marks marking={marking} isReadOnly={isReadOnly} onAsk={onAsk} />
      <RunningAct onShow={onShow} />
      <ExportView view={view} />
    </section>
  )
}

const kinds = ['reactivate', 'exempt'] as const satisfies readonly BulkActKind[]

function Marks({ marking, isReadOnly, onAsk }: Pick<BulkBarProps, 'marking' | 'isReadOnly' | 'onAsk'>) {
  const { bulk } = useWords()
  const { marked, count, matching, isTooMany } = marking
  if (count === 0) return <NoMarks marking={marking} />
  const isAll = marked.kind === 'matching'
  const canTakeAll = !isAll && !isTooMany && matching !== null && matching > (count ?? 0)
  return (
    <div className={classes.marks}>
      <strong role="status">{count === null ? bulk.markedAll : bulk.marked(count)}</strong>
      {canTakeAll && (
        <Button size="compact-sm" variant="subtle" onClick={marking.markAll}>
          {bulk.markAll(matching)}
        </Button>
      )}
      {kinds.map((kind) => (
        <Button key={kind} size="compact-sm" disabled={isReadOnly || (isAll && isTooMany)} onClick={() => onAsk(kind)}>
          {bulk.acts[kind].open}
        </Button>
      ))}
      <Button size="compact-sm" variant="default" onClick={marking.clear}>
        {bulk.clear}
      </Button>
      {isReadOnly && <span className="muted">{bulk.readOnly}</span>}
      {isTooMany && <span className="muted">{bulk.tooMany(maxBulkProjects)}</span>}
    </div>
  )
}

function NoMarks({ marking }: Pick<BulkBarProps, 'marking'>) {
  const { bulk } = useWords()
  const { putAside, bringBack } = marking
  if (!marking.isAside) return <span className={classes.hint}>{bulk.hint}</span>
  return (
    <div className={classes.marks}>
      <span role="status">{putAside === null ? bulk.putAsideAll : bulk.putAside(putAside)}</span>
      {bringBack && (
        <Button size="compact-sm" variant="default" onClick={bringBack}>
          {bulk.bringBack}
        </Button>
      )}
      <CloseButton size="xs" aria-label={bulk.clear} onClick={marking.clear} />
    </div>
  )
}

/** An act that goes on while nobody looks at it, also of another window of this Vigie. */
function RunningAct({ onShow }: { onShow: (bulkId: string) => void }) {
  const trpc = useTRPC()
  const { bulk } = useWords()
  const { data } = useQuery(
    trpc.bulk.latest.queryOptions(undefined, {
      refetchOnMount: 'always',
      refetchInterval: ({ state }) => (state.data?.state === 'running' ? 1_000 : false),
    }),
  )
  if (data?.state !== 'running') return null
  return (
    <div className={classes.marks}>
      <span>{bulk.acts[data.act.kind].running(dealtWith(data), data.projects)}</span>
      <Button size="compact-sm" variant="default" onClick={() => onShow(data.bulkId)}>
        {bulk.show}
      </Button>
    </div>
  )
}
