import type { TrafficDay } from '../../core/queries/project-traffic.ts'
import { useFormats, useWords } from '../i18n/language.tsx'
import classes from './traffic.module.css'

/** In units of the drawing, which is stretched to the width there is. */
const column = 10
const gap = 2
const height = 60
const bandHeight = 4
/** So that one hit is seen beside a thousand. */
const leastBar = 2
const line = 0.8

interface HitsChartProps {
  readonly days: readonly TrafficDay[]
  /** The first day on which hits were counted; null: none was. */
  readonly watchedFrom: string | null
  /** The same in words. */
  readonly summary: string
}

/**
 * A bar a day for the hits that counted. Below, on which days there were excluded ones, which can be many more. A line where
 * the project was put to sleep, disabled or woken.
 */
export function HitsChart({ days, watchedFrom, summary }: HitsChartProps) {
  const { traffic: words } = useWords()
  const formats = useFormats()
  const most = Math.max(1, ...days.map(({ hits }) => hits))
  const width = days.length * column
  const turns = days.flatMap(({ day, became }) => became.map((status) => words.became[status](formats.day(day))))
  return (
    <figure>
      <svg
        className={classes.chart}
        viewBox={`0 0 ${width} ${height + 2 * (gap + bandHeight)}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`${words.chart}. ${summary} ${turns.join('. ')}`.trim()}
      >
        {days.map(({ day, hits, excluded, became }, index) => {
          const x = index * column + gap / 2
          const isWatched = hits + excluded > 0 || (watchedFrom !== null && day >= watchedFrom)
          const bar = hits === 0 ? 0 : Math.max(leastBar, (hits / most) * height)
          const name = formats.day(day)
          return (
            <g key={day}>
              <title>
                {[
                  isWatched ? words.dayOf(name, hits, excluded) : words.dayUnwatched(name),
                  ...became.map((status) => words.became[status](name)),
                ].join('\n')}
              </title>
              <rect
                className={isWatched ? classes.ground : classes.unwatched}
                x={index * column}
                y={0}
                width={column}
                height={height}
              />
              <rect className={classes.counted} x={x} y={height - bar} width={column - gap} height={bar} />
              {excluded > 0 && (
                <rect className={classes.apart} x={x} y={height + gap} width={column - gap} height={bandHeight} />
              )}
              {became.map((status, place) => (
                <g key={status} className={classes[status]}>
                  <rect
                    x={x + (place * (column - gap)) / became.length}
                    y={height + 2 * gap + bandHeight}
                    width={(column - gap) / became.length}
                    height={bandHeight}
                  />
                  <rect
                    x={x + ((place + 0.5) * (column - gap)) / became.length - line / 2}
                    y={0}
                    width={line}
                    height={height + 2 * gap + bandHeight}
                  />
                </g>
              ))}
            </g>
          )
        })}
        <rect className={classes.axis} x={0} y={height} width={width} height={0.7} />
      </svg>
      <figcaption className={classes.ends} aria-hidden={true}>
        {[days[0], days.at(-1)].map((end) => end !== undefined && <span key={end.day}>{formats.day(end.day)}</span>)}
      </figcaption>
    </figure>
  )
}
