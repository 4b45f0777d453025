import { useMemo } from 'react'
import { daysBetween } from '../../core/instant.ts'
import type { Stage } from '../../core/policy.ts'
import type { DueCursor, Transition } from '../../core/sweep/preview.ts'
import { useKeysetWindow } from '../data/keyset-window.ts'
import { useTRPC, useTRPCClient } from '../data/trpc.ts'
import type { Words } from '../i18n/en.ts'
import { useWords } from '../i18n/language.tsx'
import { allProjects, formatRoute, navigate } from '../route.ts'
import { useNow } from '../ui/clock.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { Name } from '../ui/name.tsx'
import { ExactTime } from '../ui/times.tsx'
import { type Column, VirtualGrid } from '../ui/virtual-grid.tsx'
import classes from './preview.module.css'

const pageSize = 200

/** The projects that a stage would take, in the order in which it would, each with its reason. */
export function Preview({ stage, total }: { stage: Stage; total: number | null }) {
  const trpc = useTRPC()
  const client = useTRPCClient()
  const { sweeps } = useWords()
  const rows = useKeysetWindow<Transition, DueCursor>({
    queryKey: [...trpc.sweeps.preview.pathKey(), 'window', stage],
    async readPage({ cursor }, signal) {
      const page = await client.sweeps.preview.query({ stage, after: cursor, limit: pageSize }, { signal })
      return { rows: page.transitions, previous: null, next: page.next }
    },
  })
  return (
    <VirtualGrid
      label={sweeps.previewList(sweeps.stages[stage])}
      columns={usePreviewColumns(stage)}
      lineClass={classes.line}
      rows={rows}
      keyOf={(row) => row.projectId}
      total={rows.isComplete ? rows.end : total}
      onOpen={(row) => navigate({ ...allProjects, projectId: row.projectId })}
      listKey={stage}
      empty={
        <EmptyState
          title={sweeps.nothingInStage[stage]}
          hint={sweeps.nothingInStageHint[stage]}
          action={<a href={formatRoute(allProjects)}>{sweeps.toProjects}</a>}
        />
      }
    />
  )
}

function usePreviewColumns(stage: Stage): readonly Column<Transition>[] {
  const { sweeps } = useWords()
  return useMemo(() => createColumns(stage, sweeps), [stage, sweeps])
}

function createColumns(stage: Stage, sweeps: Words['sweeps']): readonly Column<Transition>[] {
  const since = (row: Transition) => (stage === 'disable' && row.deactivatedAt) || row.lastActivityAt
  return [
    {
      id: 'project',
      header: sweeps.project,
      cell: ({ projectId, projectName }) => (
        <a className={classes.name} href={formatRoute({ ...allProjects, projectId })} tabIndex={-1}>
          <Name text={projectName} />
        </a>
      ),
    },
    { id: 'team', header: sweeps.team, className: classes.muted, cell: ({ teamName }) => <Name text={teamName} /> },
    { id: 'reason', header: sweeps.reason, cell: (row) => <Reason row={row} /> },
    {
      id: 'since',
      header: stage === 'disable' ? sweeps.inactiveSince : sweeps.lastActivity,
      className: classes.muted,
      cell: (row) => <ExactTime at={since(row)} />,
    },
    {
      id: 'mail',
      header: sweeps.mailTo,
      className: classes.muted,
      cell: ({ mailTo }) => <MailTo addresses={mailTo} />,
    },
  ]
}

function Reason({ row }: { row: Transition }) {
  const { sweeps } = useWords()
  const now = useNow()
  return row.reason === 'still_inactive'
    ? sweeps.stillInactive(daysBetween(row.deactivatedAt ?? now, now))
    : sweeps.noTraffic(daysBetween(row.lastActivityAt, now))
}

function MailTo({ addresses }: { addresses: readonly string[] }) {
  const { sweeps } = useWords()
  const [first, ...others] = addresses
  if (first === undefined) return sweeps.nobody
  return <bdi title={addresses.join('\n')}>{others.length === 0 ? first : sweeps.moreMail(first, others.length)}</bdi>
}
