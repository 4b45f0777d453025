import { useQuery } from '@tanstack/react-query'
import type { Stage } from '../../core/policy.ts'
import type { PreviewCounts } from '../../core/sweep/preview.ts'
import { useTRPC } from '../data/trpc.ts'
import { useFormats, useWords } from '../i18n/language.tsx'
import { allProjects, formatRoute, sweepsStart } from '../route.ts'
import { Card } from '../ui/card.tsx'
import { Name } from '../ui/name.tsx'
import { QueryView } from '../ui/query-view.tsx'
import { RelativeTime } from '../ui/times.tsx'
import classes from './sweep-now.module.css'

const shownPerStage = 4

/** What a sweep started now would do: in numbers, and the first of each stage. */
export function SweepNow() {
  const trpc = useTRPC()
  const { overview } = useWords()
  const counts = useQuery(trpc.sweeps.count.queryOptions(undefined, { refetchOnMount: 'always' }))
  return (
    <Card title={overview.now} aside={<a href={formatRoute(sweepsStart)}>{overview.openPreview}</a>}>
      <QueryView query={counts}>
        {(due) => (
          <>
            <Numbers counts={due} />
            {due.lapsedPaid > 0 && <p className={classes.note}>{overview.lapsed(due.lapsedPaid)}</p>}
            <div className={classes.stages}>
              <FirstOf stage="deactivate" total={due.deactivated} title={overview.firstToSleep} />
              <FirstOf stage="disable" total={due.disabled} title={overview.firstToDisable} />
            </div>
          </>
        )}
      </QueryView>
    </Card>
  )
}

function Numbers({ counts }: { counts: PreviewCounts }) {
  const { overview, sweeps } = useWords()
  const formats = useFormats()
  const { deactivated, disabled, mailsQueued } = counts
  if (deactivated + disabled === 0) return <p>{overview.nothingDue}</p>
  const numbers = [
    [deactivated, sweeps.toSleep(deactivated)],
    [disabled, sweeps.toDisable(disabled)],
    [mailsQueued, sweeps.mails(mailsQueued)],
  ] as const
  return (
    <dl className={classes.numbers}>
      {numbers.map(([value, label]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{formats.number(value)}</dd>
        </div>
      ))}
    </dl>
  )
}

function FirstOf({ stage, total, title }: { stage: Stage; total: number; title: string }) {
  const trpc = useTRPC()
  const { overview, sweeps } = useWords()
  const query = useQuery({
    ...trpc.sweeps.preview.queryOptions({ stage, after: null, limit: shownPerStage }, { refetchOnMount: 'always' }),
    enabled: total > 0,
  })
  if (total === 0) return null
  return (
    <section className={classes.stage}>
      <div className={classes.stageTitle}>
        <h3>{title}</h3>
        <span>{stage === 'disable' ? sweeps.inactiveSince : sweeps.lastActivity}</span>
      </div>
      <QueryView query={query}>
        {({ transitions }) => (
          <ol className={classes.firsts}>
            {transitions.map((due) => (
              <li key={due.projectId} className={classes.due}>
                <a href={formatRoute({ ...allProjects, projectId: due.projectId })} className={classes.dueName}>
                  <Name text={due.projectName} />
                </a>
                <span className={classes.dueTeam}>
                  <Name text={due.teamName} />
                </span>
                <span className="muted">
                  <RelativeTime at={(stage === 'disable' && due.deactivatedAt) || due.lastActivityAt} />
                </span>
              </li>
            ))}
            {total > transitions.length && (
              <li className={classes.due}>
                <a href={formatRoute({ ...sweepsStart, view: stage })}>{overview.more(total - transitions.length)}</a>
              </li>
            )}
          </ol>
        )}
      </QueryView>
    </section>
  )
}
