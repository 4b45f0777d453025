import { useQuery } from '@tanstack/react-query'
import { BarChart, BarLegend } from '../charts/bar-chart.tsx'
import classes from '../charts/charts.module.css'
import { useTRPC } from '../data/trpc.ts'
import { useFormats, useWords } from '../i18n/language.tsx'
import { Card } from '../ui/card.tsx'
import { QueryView } from '../ui/query-view.tsx'
import { reactivatedList } from './links.ts'

/** How many projects became active again, week by week. */
export function ReactivationsCard() {
  const trpc = useTRPC()
  const { charts } = useWords()
  const { reactivations: words } = charts
  const formats = useFormats()
  const query = useQuery(trpc.overview.reactivations.queryOptions())
  return (
    <Card title={words.title} className={classes.card}>
      <QueryView query={query}>
        {(weeks) => (
          <figure>
            <figcaption className={classes.summary}>
              {words.summary(weeks.reduce((total, { byPeople, byUpgrade }) => total + byPeople + byUpgrade, 0))}
            </figcaption>
            <BarChart
              label={words.title}
              tickEvery={3}
              bars={weeks.map(({ monday, byPeople, byUpgrade }) => ({
                key: monday,
                tick: formats.day(monday),
                label: words.week(formats.day(monday), byPeople, byUpgrade),
                href: reactivatedList(),
                parts: [
                  { tone: 'green', value: byPeople },
                  { tone: 'accent', value: byUpgrade },
                ],
              }))}
            />
            <BarLegend
              items={[
                { tone: 'green', label: words.byPeople },
                { tone: 'accent', label: words.byUpgrade },
              ]}
            />
            <p className={classes.foot}>{words.listed}</p>
          </figure>
        )}
      </QueryView>
    </Card>
  )
}
