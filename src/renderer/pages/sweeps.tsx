import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '../data/trpc.ts'
import { useFormats, useWords } from '../i18n/language.tsx'
import { formatRoute, type SweepsRoute, type SweepsView } from '../route.ts'
import { History } from '../sweep/history.tsx'
import { Preview } from '../sweep/preview.tsx'
import { SweepControl } from '../sweep/sweep-control.tsx'
import classes from './sweeps.module.css'

const views = ['deactivate', 'disable', 'history'] as const satisfies readonly SweepsView[]

/** What a sweep would do, the sweep that runs, and those that ran. */
export function SweepsPage({ route, isReadOnly }: { route: SweepsRoute; isReadOnly: boolean }) {
  const trpc = useTRPC()
  const { sweeps } = useWords()
  const formats = useFormats()
  const counts = useQuery(trpc.sweeps.count.queryOptions(undefined, { refetchOnMount: 'always' }))
  const countOf = { deactivate: counts.data?.deactivated, disable: counts.data?.disabled, history: undefined }
  return (
    <div className={classes.page}>
      <SweepControl counts={counts} isReadOnly={isReadOnly} />
      <section className={classes.lists}>
        <nav className={classes.views} aria-label={sweeps.views}>
          {views.map((view) => (
            <a
              key={view}
              className={classes.view}
              href={formatRoute({ page: 'sweeps', view, runId: null })}
              aria-current={view === route.view ? 'true' : undefined}
            >
              {view === 'history' ? sweeps.history : sweeps.stages[view]}
              {countOf[view] !== undefined && <span className={classes.count}>{formats.number(countOf[view])}</span>}
            </a>
          ))}
        </nav>
        {route.view === 'history' ? (
          <History runId={route.runId} />
        ) : (
          <Preview key={route.view} stage={route.view} total={countOf[route.view] ?? null} />
        )}
      </section>
    </div>
  )
}
