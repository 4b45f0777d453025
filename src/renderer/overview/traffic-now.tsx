import { useQuery } from '@tanstack/react-query'
import { instantToMicros } from '../../core/instant.ts'
import type { EdgeSummary } from '../../core/queries/edge-state.ts'
import { askEveryMs } from '../agents/ask-every.ts'
import { Problem } from '../agents/fact.tsx'
import { useTRPC } from '../data/trpc.ts'
import { useFormats, useWords } from '../i18n/language.tsx'
import { formatRoute } from '../route.ts'
import { Card } from '../ui/card.tsx'
import { useNow } from '../ui/clock.ts'
import { QueryView } from '../ui/query-view.tsx'
import numbers from './sweep-now.module.css'
import classes from './traffic-now.module.css'

/** Whether traffic is seen and sleepers are blocked: in numbers, and what is out of step. */
export function TrafficNow() {
  const trpc = useTRPC()
  const { agents: words } = useWords()
  const query = useQuery(
    trpc.agents.summary.queryOptions(undefined, { refetchOnMount: 'always', refetchInterval: askEveryMs }),
  )
  return (
    <Card title={words.overview} aside={<a href={formatRoute({ page: 'agents' })}>{words.open}</a>}>
      <QueryView query={query}>
        {(summary) => (
          <div className={classes.lines}>
            <Watch summary={summary} />
            <Steps summary={summary} />
          </div>
        )}
      </QueryView>
    </Card>
  )
}

function Watch({ summary }: { summary: EdgeSummary }) {
  const { agents: words } = useWords()
  const formats = useFormats()
  const now = useNow('second')
  const { intakes, aliveIntakes, hitsPerMinute, coveredUntil } = summary
  if (hitsPerMinute === null) return <p>{words.noIntake}</p>
  const lagMicros = coveredUntil === null ? null : Math.max(0, instantToMicros(now) - instantToMicros(coveredUntil))
  return (
    <>
      <dl className={numbers.numbers}>
        <div>
          <dt>{words.hitsPerMinute}</dt>
          <dd>{formats.number(Math.round(hitsPerMinute * 10) / 10)}</dd>
        </div>
        {lagMicros !== null && (
          <div>
            <dt>{words.lag}</dt>
            <dd>{formats.duration(lagMicros)}</dd>
          </div>
        )}
      </dl>
      <p className={aliveIntakes < intakes ? classes.problem : undefined}>
        {words.intakesAlive(aliveIntakes, intakes)}
      </p>
      {lagMicros === null && <p>{words.lagUnknown}</p>}
    </>
  )
}

function Steps({ summary }: { summary: EdgeSummary }) {
  const { agents: words } = useWords()
  const { edges, aliveEdges, outOfStep, failedContainers } = summary
  const errors = [
    ...summary.edgeErrors.map((error) => ({ ...error, part: 'routing' })),
    // An edge's own error says the same of the part that keeps it.
    ...summary.partErrors.filter(
      (error) => !summary.edgeErrors.some((known) => known.machine === error.machine && known.code === error.code),
    ),
  ]
  return (
    <>
      {edges === 0 ? (
        <p>{words.noEdge}</p>
      ) : (
        <p>
          <span className={aliveEdges < edges ? classes.problem : undefined}>
            {words.edgesAlive(aliveEdges, edges)}
          </span>
          {'. '}
          <span className={outOfStep > 0 ? classes.problem : undefined}>
            {outOfStep === 0 ? words.filesInStep : words.filesOutOfStep(outOfStep)}
          </span>
        </p>
      )}
      {(edges > 0 || failedContainers > 0) && (
        <p className={failedContainers > 0 ? classes.problem : undefined}>
          {failedContainers === 0 ? words.containersInStep : words.containersOutOfStep(failedContainers)}
        </p>
      )}
      {errors.length > 0 && (
        <ul aria-label={words.errors}>
          {errors.map((error) => (
            <li key={`${error.machine} ${error.part} ${error.code}`} className={classes.problem}>
              <bdi>{error.machine}</bdi> <span className="mono">{error.part}</span>: <Problem error={error} />
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
