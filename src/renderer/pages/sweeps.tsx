import { NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type Job, jobs } from '../../core/queries/runs.ts'
import { useTRPC } from '../data/trpc.ts'
import { useFormats, useWords } from '../i18n/language.tsx'
import { formatRoute, navigate, type SweepsRoute, type SweepsView, sweepsStart } from '../route.ts'
import { Preview } from '../sweep/preview.tsx'
import { Runs } from '../sweep/runs.tsx'
import { SweepControl } from '../sweep/sweep-control.tsx'
import classes from './sweeps.module.css'

const views = ['deactivate', 'disable', 'runs'] as const satisfies readonly SweepsView[]

/** What a sweep would do, the sweep that runs, and all that ran. */
export function SweepsPage({ route, isReadOnly }: { route: SweepsRoute; isReadOnly: boolean }) {
  const trpc = useTRPC()
  const { sweeps } = useWords()
  const formats = useFormats()
  const counts = useQuery(trpc.sweeps.count.queryOptions(undefined, { refetchOnMount: 'always' }))
  const countOf = { deactivate: counts.data?.deactivated, disable: counts.data?.disabled, runs: undefined }
  return (
    <div className={classes.page}>
      <SweepControl counts={counts} isReadOnly={isReadOnly} />
      <section className={classes.lists}>
        <nav className={classes.views} aria-label={sweeps.views}>
          {views.map((view) => (
            <a
              key={view}
              className={classes.view}
              href={formatRoute({ ...sweepsStart, view })}
              aria-current={view === route.view ? 'true' : undefined}
            >
              {view === 'runs' ? sweeps.runs : sweeps.stages[view]}
              {countOf[view] !== undefined && <span className={classes.count}>{formats.number(countOf[view])}</span>}
            </a>
          ))}
          {route.view === 'runs' && <JobFilter route={route} />}
        </nav>
        {route.view === 'runs' ? (
          <Runs route={route} isReadOnly={isReadOnly} />
        ) : (
          <Preview key={route.view} stage={route.view} total={countOf[route.view] ?? null} />
        )}
      </section>
    </div>
  )
}

function JobFilter({ route }: { route: SweepsRoute }) {
  const { runs: words } = useWords()
  return (
    <NativeSelect
      className={classes.filter ?? ''}
      aria-label={words.filter}
      value={route.job ?? ''}
      onChange={(event) => {
        const job: Job | null = jobs.find((known) => known === event.currentTarget.value) ?? null
        navigate({ ...route, job, runId: null })
      }}
      data={[{ value: '', label: words.allJobs }, ...jobs.map((job) => ({ value: job, label: words.jobs[job] }))]}
    />
  )
}
