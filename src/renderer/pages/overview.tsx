import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '../data/trpc.ts'
import { EndingSoon } from '../exemption/ending-soon.tsx'
import { HistoryCard } from '../overview/history-card.tsx'
import { LastRun } from '../overview/last-run.tsx'
import { MailNow } from '../overview/mail-now.tsx'
import { NextTicks } from '../overview/next-ticks.tsx'
import { ForecastCard, IdleCard } from '../overview/outlook-cards.tsx'
import { ReactivationsCard } from '../overview/reactivations-card.tsx'
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
  const history = useQuery(trpc.overview.history.queryOptions())
  return (
    <div className={classes.page}>
      <Refreshing isOn={summary.isFetching} />
      <QueryView query={summary}>
        {({ counts, policy, lastRun, ticks }) => (
          <div className={classes.grid}>
            <div className={classes.whole}>
              <StatusTiles counts={counts} policy={policy} history={history.data} />
            </div>
            <div className={classes.column}>
              <SweepNow />
              <div className={classes.pair}>
                <TrafficNow />
                <MailNow />
              </div>
            </div>
            <div className={`${classes.column} ${classes.beside}`}>
              <LastRun run={lastRun} />
              <NextTicks ticks={ticks} />
              <EndingSoon />
            </div>
            <div className={classes.whole}>
              <Unattended policy={policy} />
            </div>
            <div className={classes.charts}>
              <HistoryCard nextCount={ticks.counts} />
              <ForecastCard policy={policy} />
              <IdleCard policy={policy} />
              <ReactivationsCard />
            </div>
          </div>
        )}
      </QueryView>
    </div>
  )
}
