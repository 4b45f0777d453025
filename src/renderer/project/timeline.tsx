import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ProjectDetail } from '../../core/queries/project.ts'
import type { TimelineEvent, TimelinePage } from '../../core/queries/timeline.ts'
import { useTRPC, useTRPCClient } from '../data/trpc.ts'
import { useWords } from '../i18n/language.tsx'
import { Card } from '../ui/card.tsx'
import { ErrorPanel } from '../ui/error-panel.tsx'
import { RelativeTime } from '../ui/times.tsx'
import classes from './timeline.module.css'
import { TimelineEntry } from './timeline-entry.tsx'

const pageSize = 50

/** All that happened to the project, the latest first, back to its creation. */
export function Timeline({ project }: { project: ProjectDetail }) {
  const { project: words, state } = useWords()
  const older = useOlderEvents(project)
  const events = [...project.timeline.events, ...older.events]
  return (
    <Card title={words.timeline}>
      <ol className={classes.events}>
        {events.map((event) => (
          <TimelineEntry key={event.id} event={event} />
        ))}
        {!older.hasMore && (
          <li className={classes.event}>
            <span className={classes.marker} data-kind="created" />
            <div>
              <p className={classes.line}>
                <span className={classes.what}>{words.createdEvent}</span>
                <span className="muted">
                  <RelativeTime at={project.createdAt} />
                </span>
              </p>
              {events.length === 0 && <p className="muted">{words.noEvents}</p>}
            </div>
          </li>
        )}
      </ol>
      {older.error !== null && <ErrorPanel error={older.error} onRetry={older.read} />}
      {older.hasMore && older.error === null && (
        <Button mt={12} variant="default" onClick={older.read} loading={older.isReading}>
          {state.older}
        </Button>
      )}
    </Card>
  )
}

interface OlderEvents {
  readonly events: readonly TimelineEvent[]
  readonly hasMore: boolean
  readonly isReading: boolean
  readonly error: Error | null
  readonly read: () => void
}

/** The pages behind the one that came with the project, once somebody asks for them. */
function useOlderEvents({ id: projectId, timeline }: ProjectDetail): OlderEvents {
  const trpc = useTRPC()
  const client = useTRPCClient()
  const [isWanted, setWanted] = useState(false)
  const query = useInfiniteQuery({
    queryKey: [...trpc.projects.timeline.pathKey(), projectId, timeline.next],
    queryFn: ({ pageParam, signal }) =>
      client.projects.timeline.query({ projectId, before: pageParam, limit: pageSize }, { signal }),
    initialPageParam: timeline.next,
    getNextPageParam: (last): TimelinePage['next'] => last.next,
    enabled: isWanted && timeline.next !== null,
  })
  return {
    events: query.data?.pages.flatMap((page) => page.events) ?? [],
    hasMore: query.data === undefined ? timeline.next !== null : query.hasNextPage,
    isReading: query.isFetching,
    error: query.error,
    read() {
      if (!isWanted) setWanted(true)
      else if (query.data === undefined) void query.refetch()
      else void query.fetchNextPage()
    },
  }
}
