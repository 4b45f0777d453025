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

interface HitsChartProps {
  readonly days: readonly TrafficDay[]
  /** The first day on which hits were counted; null: none was. */
  readonly watchedFrom: string | null
  /** The same in words. */
  readonly summary: string
}

/**
 * A bar a day for the hits that counted. Below, on which days there were excluded ones, which can be many more, and when
 * the project was put to sleep.
 */
export function HitsChart({ days, watchedFrom, summary }: HitsChartProps) {
  const { traffic: words } = useWords()
  const formats = useFormats()
  const most = Math.max(1, ...days.map(({ hits }) => hits))
  const width = days.length * column
  return (
    <figure>
      <svg
        className={classes.chart}
        viewBox={`0 0 ${width} ${height + 2 * (gap + bandHeight)}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`${words.chart}. ${summary}`}
      >
        {days.map(({ day, hits, excluded, became }, index) => {
          const x = index * column + gap / 2
          const isWatched = hits + excluded > 0 || (watchedFrom !== null && day >= watchedFrom)
          const bar = hits === 0 ? 0 : Math.max(leastBar, (hits / most) * height)
          const name = formats.day(day)
          return (
            <g key={day}>
              <title>{isWatched ? words.dayOf(name, hits, excluded) : words.dayUnwatched(name)}</title>
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
              {became !== null && (
                <rect
                  className={classes[became]}
                  x={x}
                  y={height + 2 * gap + bandHeight}
                  width={column - gap}
                  height={bandHeight}
                />
              )}
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
