import { NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import { type Job, jobs } from '../../core/queries/runs.ts'
import { useTRPC } from '../data/trpc.ts'
import { useFormats, useWords } from '../i18n/language.tsx'
import { formatRoute, type SweepsRoute, type SweepsView } from '../route.ts'
import { Review } from '../sweep/review.tsx'
import { Runs } from '../sweep/runs.tsx'
import { SweepControl } from '../sweep/sweep-control.tsx'
import { Loading } from '../ui/empty-state.tsx'
import { navigate } from '../window-route.ts'
import classes from './sweeps.module.css'

const WhatIf = lazy(async () => ({ default: (await import('../sweep/what-if.tsx')).WhatIf }))

const views = ['deactivate', 'disable', 'what-if', 'runs'] as const satisfies readonly SweepsView[]

/** What a sweep would do, the sweep that runs, and all that ran. */
export function SweepsPage({ route, isReadOnly }: { route: SweepsRoute; isReadOnly: boolean }) {
  const trpc = useTRPC()
  const { sweeps, whatIf, state } = useWords()
  const formats = useFormats()
  const counts = useQuery(trpc.sweeps.count.queryOptions(undefined, { refetchOnMount: 'always' }))
  const countOf = {
    deactivate: counts.data?.deactivated,
    disable: counts.data?.disabled,
    'what-if': undefined,
    runs: undefined,
  }
  const names = { ...sweeps.stages, 'what-if': whatIf.view, runs: sweeps.runs }
  const { view } = route
  return (
    <div className={classes.page}>
      <SweepControl counts={counts} isReadOnly={isReadOnly} />
      <section className={classes.lists}>
        <nav className={classes.views} aria-label={sweeps.views}>
          {views.map((name) => (
            <a
              key={name}
              className={classes.view}
              href={formatRoute({ ...route, openGroups: [], runId: null, view: name })}
              aria-current={name === view ? 'true' : undefined}
            >
              {names[name]}
              {countOf[name] !== undefined && <span className={classes.count}>{formats.number(countOf[name])}</span>}
            </a>
          ))}
          {view === 'runs' && <JobFilter route={route} />}
        </nav>
        {view === 'runs' && <Runs route={route} isReadOnly={isReadOnly} />}
        {view === 'what-if' && (
          <Suspense fallback={<Loading text={state.loading} />}>
            <WhatIf route={route} counts={counts} />
          </Suspense>
        )}
        {(view === 'deactivate' || view === 'disable') && (
          <Review route={{ ...route, view }} total={countOf[view] ?? null} />
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
