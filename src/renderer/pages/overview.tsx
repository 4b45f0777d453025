import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '../data/trpc.ts'
import { LastRun } from '../overview/last-run.tsx'
import { NextTicks } from '../overview/next-ticks.tsx'
import { StatusTiles } from '../overview/status-tiles.tsx'
import { SweepNow } from '../overview/sweep-now.tsx'
import { TrafficNow } from '../overview/traffic-now.tsx'
import { Unattended } from '../overview/unattended.tsx'
import { QueryView } from '../ui/query-view.tsx'
import { Refreshing } from '../ui/refreshing.tsx'
import classes from './overview.module.css'

/** How the platform stands: projects by status, what a sweep would do, what the last one did, what happens by itself. */
export function OverviewPage() {
  const trpc = useTRPC()
  const summary = useQuery(trpc.overview.summary.queryOptions(undefined, { refetchOnMount: 'always' }))
  return (
    <div className={classes.page}>
      <Refreshing isOn={summary.isFetching} />
      <QueryView query={summary}>
        {({ counts, policy, lastRun, ticks }) => (
          <div className={classes.grid}>
            <StatusTiles counts={counts} policy={policy} />
            <div className={classes.column}>
              <SweepNow />
              <TrafficNow />
            </div>
            <div className={classes.column}>
              <LastRun run={lastRun} />
              <Unattended policy={policy} />
              <NextTicks ticks={ticks} />
            </div>
          </div>
        )}
      </QueryView>
    </div>
  )
}
