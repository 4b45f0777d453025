import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { ProjectDetail } from '../../core/queries/project.ts'
import type { TimelineEvent, TimelineFilter, TimelinePage } from '../../core/queries/timeline.ts'
import { useTRPC, useTRPCClient } from '../data/trpc.ts'
import { extendTimeline, renewTimeline } from './merge-timeline.ts'

/** What came with the project, and then more at a time: whoever goes further goes far. */
const firstPageSize = 50
const olderPageSize = 200

interface Timeline {
  readonly events: readonly TimelineEvent[]
  readonly isPending: boolean
  readonly hasMore: boolean
  readonly isReadingMore: boolean
  readonly error: Error | null
  readonly readMore: () => void
  readonly retry: () => void
}

/**
 * A timeline as far as it was asked for, the latest first. When something changed, its newest events are read again in one
 * page, of at most {@link olderPageSize}: what is older hardly changes, and whoever reads it shall not wait for all of it.
 */
export function useTimeline({ id: projectId, timeline }: ProjectDetail, filter: TimelineFilter | null): Timeline {
  const trpc = useTRPC()
  const client = useTRPCClient()
  const queryClient = useQueryClient()
  const queryKey = [...trpc.projects.timeline.pathKey(), projectId, filter]
  const readKnown = () => queryClient.getQueryData<TimelinePage>(queryKey)
  const query = useQuery({
    queryKey,
    queryFn: async ({ signal }): Promise<TimelinePage> => {
      const limit = Math.min(Math.max(readKnown()?.events.length ?? 0, firstPageSize), olderPageSize)
      const newest = await client.projects.timeline.query({ projectId, filter, before: null, limit }, { signal })
      return renewTimeline(readKnown(), newest)
    },
    // What is known already keeps its identity by itself; comparing thousands of events would take longer than drawing them.
    structuralSharing: false,
    // Old from the start: it is read once more at once.
    ...(filter === null && { initialData: timeline, initialDataUpdatedAt: 0 }),
  })
  const more = useMutation({
    mutationFn: async (before: NonNullable<TimelinePage['next']>) => {
      const older = await client.projects.timeline.query({ projectId, filter, before, limit: olderPageSize })
      queryClient.setQueryData<TimelinePage>(queryKey, (known) => extendTimeline(known, older, before))
    },
  })
  const next = query.data?.next ?? null
  const readMore = () => {
    if (next !== null && !more.isPending) more.mutate(next)
  }
  return {
    events: query.data?.events ?? [],
    isPending: query.isPending,
    hasMore: next !== null,
    isReadingMore: more.isPending,
    error: query.error ?? more.error,
    readMore,
    retry: () => (query.error === null ? readMore() : void query.refetch()),
  }
}
