import { useQuery } from '@tanstack/react-query'
import { type Instant, instantToMicros, microsPerDay } from '../../core/instant.ts'
import type { Policy } from '../../core/policy.ts'
import type { Outlook } from '../../core/queries/outlook.ts'
import { BarChart, BarLegend } from '../charts/bar-chart.tsx'
import classes from '../charts/charts.module.css'
import { useTRPC } from '../data/trpc.ts'
import { useFormats, useWords } from '../i18n/language.tsx'
import { Card } from '../ui/card.tsx'
import { useNow } from '../ui/clock.ts'
import { QueryView } from '../ui/query-view.tsx'
import { dueList, idleList } from './links.ts'

/** The server reads these figures once a minute at most. */
const askEveryMs = 60_000

function useOutlook() {
  const trpc = useTRPC()
  return useQuery(trpc.overview.outlook.queryOptions(undefined, { refetchInterval: askEveryMs }))
}

/** What the nights to come would do, if nobody visited any more. */
export function ForecastCard({ policy }: { policy: Policy }) {
  const query = useOutlook()
  const { charts } = useWords()
  return (
    <Card
      title={charts.forecast.title}
      className={classes.card}
      aside={query.data && <ReadAt at={query.data.readAt} />}
    >
      <QueryView query={query}>{(outlook) => <Forecast outlook={outlook} policy={policy} />}</QueryView>
    </Card>
  )
}

function Forecast({ outlook, policy }: { outlook: Outlook; policy: Policy }) {
  const { charts } = useWords()
  const { forecast: words } = charts
  const formats = useFormats()
  const nights = outlook.forecast
  const sum = (of: 'deactivated' | 'disabled') => nights.reduce((total, night) => total + night[of], 0)
  return (
    <figure>
      <figcaption className={classes.summary}>{words.summary(sum('deactivated'), sum('disabled'))}</figcaption>
      <BarChart
        label={charts.forecast.title}
        tickEvery={3}
        bars={nights.map(({ at, deactivated, disabled }) => ({
          key: at,
          tick: formats.day(at.slice(0, 10)),
          label: words.night(formats.utc(at), deactivated, disabled),
          href: dueList(Math.ceil((instantToMicros(at) - instantToMicros(outlook.readAt)) / microsPerDay)),
          parts: [
            { tone: 'amber', value: deactivated },
            { tone: 'red', value: disabled },
          ],
        }))}
      />
      <BarLegend
        items={[
          { tone: 'amber', label: words.toSleep },
          { tone: 'red', label: words.toDisable },
        ]}
      />
      <p className={classes.foot}>{policy.sweepMode === 'on' ? words.listed : words.mode}</p>
    </figure>
  )
}

/** For how long active projects of the free plan have been idle, and from when on that is too long. */
export function IdleCard({ policy }: { policy: Policy }) {
  const query = useOutlook()
  const { charts } = useWords()
  return (
    <Card title={charts.idle.title} className={classes.card} aside={query.data && <ReadAt at={query.data.readAt} />}>
      <QueryView query={query}>{(outlook) => <Idle outlook={outlook} policy={policy} />}</QueryView>
    </Card>
  )
}

function Idle({ outlook, policy }: { outlook: Outlook; policy: Policy }) {
  const { charts } = useWords()
  const { idle: words } = charts
  const formats = useFormats()
  const { bars, daysPerBar, thresholdDays, unwatchedDays, beyondThreshold } = outlook.idle
  return (
    <figure>
      <figcaption className={classes.summary}>
        {words.summary(
          bars.reduce((total, projects) => total + projects, 0),
          beyondThreshold,
        )}
      </figcaption>
      <BarChart
        label={words.title}
        bars={bars.map((projects, index) => {
          const from = index * daysPerBar
          const isLast = index === bars.length - 1
          const span = isLast ? words.beyond(from) : words.from(from, from + daysPerBar)
          return {
            key: String(from),
            tick: isLast ? `${formats.number(from)}+` : formats.number(from),
            label: words.bar(span, projects),
            href: idleList(from),
            parts: [{ tone: from >= thresholdDays ? 'amber' : 'green', value: projects }],
          }
        })}
        mark={{ at: thresholdDays / daysPerBar, label: words.threshold(policy.inactiveAfterDays) }}
      />
      <p className={classes.axisName}>{words.axis}</p>
      <p className={classes.foot}>
        {unwatchedDays > 0 ? words.unwatched(formats.duration(Math.round(unwatchedDays * microsPerDay))) : words.listed}
      </p>
    </figure>
  )
}

function ReadAt({ at }: { at: Instant }) {
  const { charts } = useWords()
  const formats = useFormats()
  const now = useNow()
  return (
    <time className={classes.readAt} dateTime={at} title={formats.utc(at)}>
      {charts.readAgo(formats.relative(at, now))}
    </time>
  )
}
