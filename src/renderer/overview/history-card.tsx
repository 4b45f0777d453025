import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import type { Instant } from '../../core/instant.ts'
import { type History, historyDays, type StatusDay } from '../../core/queries/history.ts'
import classes from '../charts/charts.module.css'
import { useTRPC } from '../data/trpc.ts'
import { useFormats, useWords } from '../i18n/language.tsx'
import { Card } from '../ui/card.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { QueryView } from '../ui/query-view.tsx'
import { StatusBadge } from '../ui/status-badge.tsx'
import { ExactTime } from '../ui/times.tsx'
import { fillDays, historyStatuses } from './status-history.ts'

const HistoryChart = lazy(async () => ({ default: (await import('./history-chart.tsx')).HistoryChart }))

const ranges = [30, historyDays] as const
type Range = (typeof ranges)[number]

/** How many projects were in each status, day by day. `nextCount`: when a day is counted next. */
export function HistoryCard({ nextCount }: { nextCount: Instant | null }) {
  const trpc = useTRPC()
  const { charts } = useWords()
  const [range, setRange] = useState<Range>(30)
  const query = useQuery(trpc.overview.history.queryOptions())
  return (
    <Card
      title={charts.history.title}
      className={classes.card}
      aside={
        <fieldset className={classes.range}>
          <legend className="unseen">{charts.history.range}</legend>
          {ranges.map((days) => (
            <button key={days} type="button" aria-pressed={days === range} onClick={() => setRange(days)}>
              {charts.history.days(days)}
            </button>
          ))}
        </fieldset>
      }
    >
      <QueryView query={query}>
        {(history) => <Counted history={history} range={range} nextCount={nextCount} />}
      </QueryView>
    </Card>
  )
}

function Counted({ history, range, nextCount }: { history: History; range: Range; nextCount: Instant | null }) {
  const { charts, status: names } = useWords()
  const { history: words } = charts
  const formats = useFormats()
  const days = fillDays(history, range)
  const counted = days.filter((day) => 'active' in day)
  const first = counted[0]
  const last = counted.at(-1)
  if (first === undefined || last === undefined || first === last) {
    return (
      <div className={classes.area}>
        <EmptyState
          title={first === undefined ? words.empty : words.one}
          hint={words.emptyHint}
          action={nextCount !== null && <ExactTime at={nextCount} />}
        />
      </div>
    )
  }
  const missed = days.length - counted.length
  const summary = [
    words.summary(formats.day(first.day), formats.day(last.day)),
    ...historyStatuses.map(([status, column]) => words.was(names[status], first[column], last[column])),
    ...(missed > 0 ? [words.missing(missed)] : []),
  ].join(' ')
  return (
    <figure>
      <figcaption className="unseen">{summary}</figcaption>
      <div className={classes.area}>
        <Suspense fallback={null}>
          <HistoryChart days={days} summary={summary} />
        </Suspense>
      </div>
      <ul className={classes.legend}>
        {historyStatuses.map(([status]) => (
          <li key={status}>
            <span className={classes.swatch} data-tone={swatches[status]} aria-hidden="true" />
            <StatusBadge status={status} />
          </li>
        ))}
      </ul>
      <Table days={counted} />
    </figure>
  )
}

const swatches = { active: 'green', inactive: 'amber', permanently_disabled: 'red', paused: 'grey' } as const

function Table({ days }: { days: readonly StatusDay[] }) {
  const { charts, status: names } = useWords()
  const formats = useFormats()
  return (
    <details className={classes.details}>
      <summary>{charts.table}</summary>
      <div className={classes.table}>
        <table aria-label={charts.history.title}>
          <thead>
            <tr>
              <th scope="col">{charts.day}</th>
              {historyStatuses.map(([status]) => (
                <th key={status} scope="col">
                  {names[status]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {days.toReversed().map((day) => (
              <tr key={day.day}>
                <th scope="row">{formats.day(day.day)}</th>
                {historyStatuses.map(([status, column]) => (
                  <td key={status}>{formats.number(day[column])}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  )
}
