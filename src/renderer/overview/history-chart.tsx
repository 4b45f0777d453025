import { Area, AreaChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'
import type { StatusDay } from '../../core/queries/history.ts'
import classes from '../charts/charts.module.css'
import { useFormats, useWords } from '../i18n/language.tsx'
import { historyStatuses } from './status-history.ts'

interface HistoryChartProps {
  readonly days: readonly (StatusDay | { readonly day: string })[]
  /** The same in words. */
  readonly summary: string
}

/** A ground and lines on it for each status, so that the colours don't stand alone. */
const looks = {
  active: { color: 'var(--green-mark)', lines: '' },
  inactive: { color: 'var(--amber-mark)', lines: 'M0 8 L8 0 M-2 2 L2 -2 M6 10 L10 6' },
  permanently_disabled: { color: 'var(--red-mark)', lines: 'M0 0 L8 8 M8 0 L0 8' },
  paused: { color: 'var(--grey)', lines: 'M0 4 L8 4' },
} as const

/** Projects by status at the end of each day, one on top of the other. Loaded apart, with the library that draws it. */
export function HistoryChart({ days, summary }: HistoryChartProps) {
  const { status: names, charts } = useWords()
  const formats = useFormats()
  return (
    <ResponsiveContainer width="100%" height="100%" initialDimension={{ width: 480, height: 260 }}>
      <AreaChart
        data={[...days]}
        margin={{ top: 8, right: 8, bottom: 0, left: 0 }}
        title={charts.history.title}
        desc={summary}
      >
        <defs>
          {historyStatuses.map(([status]) => (
            <pattern key={status} id={`history-${status}`} width={8} height={8} patternUnits="userSpaceOnUse">
              <rect width={8} height={8} fill={looks[status].color} fillOpacity={0.35} />
              <path d={looks[status].lines} stroke={looks[status].color} strokeWidth={1} />
            </pattern>
          ))}
        </defs>
        <CartesianGrid stroke="var(--line)" vertical={false} />
        <XAxis
          dataKey="day"
          tickFormatter={formats.day}
          minTickGap={32}
          tickLine={false}
          stroke="var(--line-strong)"
          tick={{ className: classes.axis }}
        />
        <YAxis
          tickFormatter={formats.compact}
          width="auto"
          allowDecimals={false}
          tickLine={false}
          axisLine={false}
          tick={{ className: classes.axis }}
        />
        <Tooltip
          isAnimationActive={false}
          content={({ active, label, payload }) =>
            active === true &&
            payload.length > 0 && (
              <div className={classes.tooltip}>
                <strong>{charts.history.endOf(formats.day(String(label)))}</strong>
                <dl>
                  {payload.toReversed().map(({ name, value }) => (
                    <Row key={name} name={String(name)} value={formats.number(Number(value))} />
                  ))}
                </dl>
              </div>
            )
          }
        />
        {historyStatuses.map(([status, column]) => (
          <Area
            key={status}
            dataKey={column}
            name={names[status]}
            stackId="all"
            type="linear"
            stroke={looks[status].color}
            strokeWidth={1.5}
            fill={`url(#history-${status})`}
            fillOpacity={1}
            isAnimationActive={false}
          />
        ))}
      </AreaChart>
    </ResponsiveContainer>
  )
}

function Row({ name, value }: { name: string; value: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  )
}
