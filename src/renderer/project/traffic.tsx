import { useQuery } from '@tanstack/react-query'
import { daysBetween } from '../../core/instant.ts'
import type { LastHit, ProjectTraffic } from '../../core/queries/project-traffic.ts'
import { useTRPC } from '../data/trpc.ts'
import { useFormats, useWords } from '../i18n/language.tsx'
import { Card } from '../ui/card.tsx'
import { QueryView } from '../ui/query-view.tsx'
import { RelativeTime, TimedSentence } from '../ui/times.tsx'
import { HitsChart } from './hits-chart.tsx'
import { summariseTraffic } from './summarise-traffic.ts'
import classes from './traffic.module.css'

/** Who visits the project: hits by day, the last that counted and the last that did not, and why. */
export function Traffic({ projectId }: { projectId: string }) {
  const trpc = useTRPC()
  const { traffic: words } = useWords()
  const query = useQuery(trpc.projects.traffic.queryOptions({ projectId }, { refetchOnMount: 'always' }))
  return (
    <Card title={words.title}>
      <QueryView query={query}>
        {(traffic) => (
          <div className={classes.traffic}>
            <Days traffic={traffic} />
            <LastHits traffic={traffic} />
            <Lasting kinds={traffic.intakeKinds} />
          </div>
        )}
      </QueryView>
    </Card>
  )
}

function Days({ traffic }: { traffic: ProjectTraffic }) {
  const { traffic: words } = useWords()
  const formats = useFormats()
  const { days, watchedSince } = traffic
  const hasHits = days.some(({ hits, excluded }) => hits + excluded > 0)
  if (watchedSince === null && !hasHits) return <p className="muted">{words.neverWatched}</p>
  const summary = summariseTraffic(days, words, formats)
  const watchedFrom = watchedSince?.slice(0, 10) ?? null
  const wasWatchedLater = watchedFrom !== null && days.some(({ day }) => day < watchedFrom)
  return (
    <>
      <HitsChart days={days} watchedFrom={watchedFrom} summary={summary} />
      <p>
        {summary}{' '}
        {wasWatchedLater && watchedSince !== null && (
          <span className="muted">
            <TimedSentence text={words.watchedSince(formats.exact(watchedSince))} times={[watchedSince]} />
          </span>
        )}
      </p>
      <ul className={classes.marks}>
        {days.some(({ excluded }) => excluded > 0) && <li data-became="nothing">{words.excludedDays}</li>}
        {days.flatMap(({ day, became }) =>
          became.map((status) => (
            <li key={`${day} ${status}`} data-became={status}>
              {words.became[status](formats.day(day))}
            </li>
          )),
        )}
      </ul>
    </>
  )
}

function LastHits({ traffic }: { traffic: ProjectTraffic }) {
  const { traffic: words } = useWords()
  const { lastCounted, lastExcluded } = traffic
  const isExcludedLater =
    lastExcluded !== null && lastCounted !== null && daysBetween(lastCounted.at, lastExcluded.at) >= 1
  return (
    <>
      <dl className={classes.hits}>
        <dt>{words.lastCounted}</dt>
        <dd>{lastCounted === null ? words.noneCounted : <Hit hit={lastCounted} />}</dd>
        <dt>{words.lastExcluded}</dt>
        <dd>
          {lastExcluded === null ? (
            words.noneExcluded
          ) : (
            <>
              <Hit hit={lastExcluded} />
              <p className="muted">
                <bdi>
                  {lastExcluded.exclusion === null
                    ? words.excludedByGone
                    : words.excludedBy(
                        words.exclusionKinds[lastExcluded.exclusion.kind],
                        lastExcluded.exclusion.pattern,
                      )}
                </bdi>
              </p>
            </>
          )}
        </dd>
      </dl>
      {isExcludedLater && <p>{words.excludedLater}</p>}
    </>
  )
}

function Hit({ hit }: { hit: LastHit }) {
  const { traffic: words } = useWords()
  const { at, hostname, client, intake } = hit
  return (
    <>
      <RelativeTime at={at} />, <bdi className="mono">{hostname}</bdi>
      <p className="muted">
        {words.clients[client]}
        {intake !== null && (
          <>
            , <bdi>{words.seenIn(words.intakeKinds[intake.kind], intake.machine)}</bdi>
          </>
        )}
      </p>
    </>
  )
}

/** When a connection that lasts counts, by how traffic is seen here. */
function Lasting({ kinds }: { kinds: ProjectTraffic['intakeKinds'] }) {
  const { lasting } = useWords().traffic
  const [kind, other] = kinds
  if (kind === undefined) return null
  return <p className={classes.lasting}>{other === undefined ? lasting[kind] : lasting.both}</p>
}
