import { Button } from '@mantine/core'
import type { ProjectDetail } from '../../core/queries/project.ts'
import type { TimelineFilter as Filter } from '../../core/queries/timeline.ts'
import { useWords } from '../i18n/language.tsx'
import { Card } from '../ui/card.tsx'
import { Loading } from '../ui/empty-state.tsx'
import { ErrorPanel } from '../ui/error-panel.tsx'
import { RelativeTime } from '../ui/times.tsx'
import { NoteForm } from './note-form.tsx'
import classes from './timeline.module.css'
import { TimelineEntry } from './timeline-entry.tsx'
import { TimelineFilter } from './timeline-filter.tsx'
import { useTimeline } from './use-timeline.ts'

interface TimelineProps {
  readonly project: ProjectDetail
  readonly filter: Filter | null
  readonly onFilter: (filter: Filter | null) => void
  /** Who is signed in: a note is taken back by its author alone. */
  readonly login: string | null
  readonly isReadOnly: boolean
}

/** All that happened to the project and what was noted on it, the latest first, back to its creation. */
export function Timeline({ project, filter, onFilter, login, isReadOnly }: TimelineProps) {
  const { project: words, panel, state } = useWords()
  const timeline = useTimeline(project, filter)
  const { events, isPending, hasMore, error } = timeline
  const isAtEnd = !isPending && !hasMore && error === null
  return (
    <Card title={words.timeline}>
      <NoteForm projectId={project.id} isReadOnly={isReadOnly} />
      <TimelineFilter filter={filter} onChange={onFilter} />
      {isPending && error === null && <Loading text={state.loading} />}
      {filter !== null && isAtEnd && events.length === 0 && <p className="muted">{panel.nothingFound}</p>}
      <ol>
        {events.map((event) => (
          <TimelineEntry key={event.id} event={event} login={login} />
        ))}
        {filter === null && isAtEnd && <Creation project={project} isAll={events.length === 0} />}
      </ol>
      {error !== null && <ErrorPanel error={error} onRetry={timeline.retry} />}
      {hasMore && error === null && (
        <Button mt={12} variant="default" onClick={timeline.readMore} loading={timeline.isReadingMore}>
          {state.older}
        </Button>
      )}
    </Card>
  )
}

function Creation({ project, isAll }: { project: ProjectDetail; isAll: boolean }) {
  const { project: words } = useWords()
  return (
    <li className={classes.event}>
      <span className={classes.marker} data-kind="created" />
      <div>
        <p className={classes.line}>
          <span className={classes.what}>{words.createdEvent}</span>
          <span className="muted">
            <RelativeTime at={project.createdAt} />
          </span>
        </p>
        {isAll && <p className="muted">{words.noEvents}</p>}
      </div>
    </li>
  )
}
