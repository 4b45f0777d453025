import { type InfiniteData, useInfiniteQuery } from '@tanstack/react-query'
import type { ProjectDetail } from '../../core/queries/project.ts'
import type { TimelineEvent, TimelineFilter, TimelinePage } from '../../core/queries/timeline.ts'
import { useTRPC, useTRPCClient } from '../data/trpc.ts'

/** What came with the project, and then more at a time: whoever goes further goes far. */
const firstPageSize = 50
const olderPageSize = 200
const start: { readonly before: TimelinePage['next'] } = { before: null }

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
 * The pages of a timeline that were asked for, the latest first. All are read again when something changed, so that none is
 * missing between them; until the first is read, the one that came with the project stands for it.
 */
export function useTimeline({ id: projectId, timeline }: ProjectDetail, filter: TimelineFilter | null): Timeline {
  const trpc = useTRPC()
  const client = useTRPCClient()
  const first: InfiniteData<TimelinePage, TimelinePage['next']> = { pages: [timeline], pageParams: [null] }
  const query = useInfiniteQuery({
    queryKey: [...trpc.projects.timeline.pathKey(), projectId, filter],
    queryFn: ({ pageParam: before, signal }) =>
      client.projects.timeline.query(
        { projectId, filter, before, limit: before === null ? firstPageSize : olderPageSize },
        { signal },
      ),
    initialPageParam: start.before,
    getNextPageParam: (last) => last.next,
    ...(filter === null && { placeholderData: first }),
  })
  return {
    events: query.data?.pages.flatMap((page) => page.events) ?? [],
    isPending: query.isPending,
    hasMore: query.hasNextPage,
    isReadingMore: query.isFetchingNextPage,
    error: query.error,
    readMore: () => void query.fetchNextPage(),
    retry: () => void (query.isFetchNextPageError ? query.fetchNextPage() : query.refetch()),
  }
}
