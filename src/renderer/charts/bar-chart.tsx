import { useFormats } from '../i18n/language.tsx'
import classes from './charts.module.css'

/** What a part of a bar stands for: its colour, and its pattern. */
export type BarTone = 'accent' | 'amber' | 'red' | 'green'

export interface Bar {
  readonly key: string
  /** Under the bar. */
  readonly tick: string
  /** The whole of it in words: its name for those who listen, and on hover. */
  readonly label: string
  /** The list behind it. */
  readonly href: string
  /** From the bottom up. */
  readonly parts: readonly { readonly tone: BarTone; readonly value: number }[]
}

interface BarChartProps {
  readonly label: string
  readonly bars: readonly Bar[]
  /** Ticks that are wide stand under every other bar, or fewer. */
  readonly tickEvery?: number
  /** A line across, at a place counted in bars. */
  readonly mark?: { readonly at: number; readonly label: string }
}

/** Bars that lead to the list behind each, with the keyboard as with the pointer. */
export function BarChart({ label, bars, tickEvery = 1, mark }: BarChartProps) {
  const formats = useFormats()
  const most = Math.max(1, ...bars.map(totalOf))
  return (
    <div className={classes.plot}>
      <ol className={classes.bars} aria-label={label}>
        {bars.map((bar, index) => (
          <li key={bar.key}>
            <a href={bar.href} title={bar.label} className={classes.bar}>
              <span className="unseen">{bar.label}</span>
              <span className={classes.column} aria-hidden="true">
                <span className={classes.value}>{totalOf(bar) === 0 ? '' : formats.compact(totalOf(bar))}</span>
                {bar.parts.toReversed().map(({ tone, value }) => (
                  <span
                    key={tone}
                    className={classes.part}
                    data-tone={tone}
                    data-empty={value === 0}
                    style={{ height: `${(value / most) * 100}%` }}
                  />
                ))}
              </span>
              <span className={classes.tick} aria-hidden="true">
                {index % tickEvery === 0 ? bar.tick : ''}
              </span>
            </a>
          </li>
        ))}
      </ol>
      {mark !== undefined && mark.at <= bars.length && (
        <div className={classes.mark} style={{ left: `${(mark.at / bars.length) * 100}%` }} aria-hidden="true">
          <span data-side={mark.at > bars.length / 2 ? 'left' : 'right'}>{mark.label}</span>
        </div>
      )}
    </div>
  )
}

/** What the colours and patterns stand for. */
export function BarLegend({ items }: { items: readonly { readonly tone: BarTone; readonly label: string }[] }) {
  return (
    <ul className={classes.legend}>
      {items.map(({ tone, label }) => (
        <li key={tone}>
          <span className={classes.swatch} data-tone={tone} aria-hidden="true" />
          {label}
        </li>
      ))}
    </ul>
  )
}

function totalOf({ parts }: Bar): number {
  return parts.reduce((total, { value }) => total + value, 0)
}
