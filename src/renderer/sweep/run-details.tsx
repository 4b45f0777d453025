import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { leftAloneReasons, type Run } from '../../core/queries/runs.ts'
import { useTRPC } from '../data/trpc.ts'
import { BrakeSentence } from '../hold/brake-sentence.tsx'
import { KeptList } from '../hold/kept-list.tsx'
import { useFormats, useWords } from '../i18n/language.tsx'
import { formatRoute, routeOfRun } from '../route.ts'
import { QueryView } from '../ui/query-view.tsx'
import { TimedSentence } from '../ui/times.tsx'
import { countLeftAlone } from './describe-counts.ts'
import { RunReport } from './run-report.tsx'
import classes from './runs.module.css'
import { TakeBack } from './take-back.tsx'

/** All there is to know of a run: what it did, why, what was decided on it; and the way to take it back. */
export function RunDetails({ run, isReadOnly }: { run: Run; isReadOnly: boolean }) {
  const { runs: words } = useWords()
  const formats = useFormats()
  return (
    <div className={classes.detail}>
      <RunReport run={run} />
      {run.reason !== null && (
        <blockquote className={classes.quote} dir="auto">
          {run.reason}
        </blockquote>
      )}
      <p className="muted">
        {run.tick !== null && `${words.dueAt(formats.utc(run.tick))} `}
        {run.revertsRunId !== null && (
          <a href={formatRoute(routeOfRun(run.revertsRunId))}>{words.takesBack(run.revertsRunId)}</a>
        )}
        {run.revertedByRunId !== null && (
          <a href={formatRoute(routeOfRun(run.revertedByRunId))}>{words.takenBackBy(run.revertedByRunId)}</a>
        )}
        {run.releasesRunId !== null && (
          <a href={formatRoute(routeOfRun(run.releasesRunId))}>{words.releases(run.releasesRunId)}</a>
        )}
        {run.releasedByRunId !== null && (
          <a href={formatRoute(routeOfRun(run.releasedByRunId))}>{words.releasedBy(run.releasedByRunId)}</a>
        )}
      </p>
      <LeftAlone run={run} />
      {run.outcome === 'held' && <HoldOfRun run={run} />}
      {run.isPreview && <Lists runId={run.id} deactivated={run.deactivated} disabled={run.disabled + run.notTold} />}
      {!run.isPreview && run.outcome !== 'held' && run.notTold > 0 && <NotTold runId={run.id} total={run.notTold} />}
      <TakeBack run={run} isReadOnly={isReadOnly} />
    </div>
  )
}

/** What a revert did not touch, in numbers and why. */
function LeftAlone({ run }: { run: Run }) {
  const { runs: words } = useWords()
  if (countLeftAlone(run.leftAlone) === 0) return null
  return (
    <div>
      <p>
        {words.leftTitle}:{' '}
        <span className="muted">{run.job === 'revert' ? words.leftHint : words.leftByReleaseHint}</span>
      </p>
      <ul className={classes.left}>
        {leftAloneReasons.map((why) => {
          const value = run.leftAlone[why] ?? 0
          return value > 0 && <li key={why}>{words.leftAlone[why](value)}</li>
        })}
      </ul>
    </div>
  )
}

/** The brakes that stopped it, its list, and what somebody decided. */
function HoldOfRun({ run }: { run: Run }) {
  const trpc = useTRPC()
  const { runs: words } = useWords()
  const formats = useFormats()
  const query = useQuery(trpc.holds.ofRun.queryOptions({ runId: run.id }))
  return (
    <QueryView query={query}>
      {(hold) =>
        hold !== null && (
          <>
            <ul className={classes.left}>
              {hold.brakes.map((brake) => (
                <li key={JSON.stringify(brake)}>
                  <BrakeSentence brake={brake} />
                </li>
              ))}
            </ul>
            <p>
              {words.decisions[hold.status]}{' '}
              {hold.closedAt !== null && hold.closedBy !== null && (
                <span className="muted">
                  <bdi>
                    <TimedSentence
                      text={words.decided(hold.closedBy, formats.exact(hold.closedAt))}
                      times={[hold.closedAt]}
                    />
                  </bdi>
                </span>
              )}
            </p>
            {hold.reason !== null && (
              <blockquote className={classes.quote} dir="auto">
                {hold.reason}
              </blockquote>
            )}
            <Lists runId={run.id} deactivated={hold.deactivated} disabled={hold.disabled + run.notTold} />
          </>
        )
      }
    </QueryView>
  )
}

/** The exact list that was kept. */
function Lists({ runId, deactivated, disabled }: { runId: number; deactivated: number; disabled: number }) {
  if (deactivated + disabled === 0) return null
  return (
    <OnDemand>
      {deactivated > 0 && <KeptList runId={runId} stage="deactivate" total={deactivated} />}
      {disabled > 0 && <KeptList runId={runId} stage="disable" total={disabled} />}
    </OnDemand>
  )
}

/** Whom a sweep left alone, since no mail had reached anybody. */
function NotTold({ runId, total }: { runId: number; total: number }) {
  return (
    <OnDemand>
      <KeptList runId={runId} stage="disable" total={total} isNotToldOnly />
    </OnDemand>
  )
}

/** Lists, once somebody asks for them. */
function OnDemand({ children }: { children: ReactNode }) {
  const { runs: words } = useWords()
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button className={classes.start ?? ''} variant="default" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {isOpen ? words.hideList : words.showList}
      </Button>
      {isOpen && <div className={classes.lists}>{children}</div>}
    </>
  )
}
