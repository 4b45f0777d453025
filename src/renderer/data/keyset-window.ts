import { type InfiniteData, keepPreviousData, type QueryKey, useInfiniteQuery } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'

/** A page as the server answers it: its rows, and where the pages beside it begin. */
export interface KeysetPage<Row, Cursor> {
  readonly rows: readonly Row[]
  readonly previous: Cursor | null
  readonly next: Cursor | null
}

export interface PageRequest<Cursor> {
  readonly cursor: Cursor | null
  readonly towards: 'forward' | 'backward'
}

/** A bounded window of pages over a list of any length; rows keep their index whatever is loaded or dropped. */
export interface KeysetWindow<Row> {
  readonly rowAt: (index: number) => Row | undefined
  /** Rows known so far, counted from the first of the list. */
  readonly end: number
  /** Whether the list ends there. */
  readonly isComplete: boolean
  /** Tell it what is in sight; it reads what is missing and lets go of what is far. */
  readonly show: (first: number, last: number) => void
  readonly isPending: boolean
  readonly isFetching: boolean
  /** The rows are those of the filter before, until those of the new one are there. */
  readonly isPrevious: boolean
  readonly error: Error | null
  readonly refetch: () => void
}

interface PlacedPage<Row, Cursor> extends KeysetPage<Row, Cursor> {
  /** Index of its first row in the whole list. */
  readonly start: number
}

interface PageParam<Cursor> extends PageRequest<Cursor> {
  /** Forward: the index of the page's first row; backward: of the first row after it. */
  readonly index: number
}

interface Anchor<Cursor> {
  readonly index: number
  readonly cursor: Cursor | null
  /** Counts the jumps: the pages of an earlier stay at the same place may have been dropped since. */
  readonly jump: number
}

const maxPages = 8
/** Rows before the end of the window at which the next page is asked for. */
const margin = 50

interface WindowOptions<Row, Cursor> {
  readonly queryKey: QueryKey
  readonly readPage: (request: PageRequest<Cursor>, signal: AbortSignal) => Promise<KeysetPage<Row, Cursor>>
}

/** Reads a list by keyset pages around what is in sight. A page that `previous` is null for can't be read backwards. */
export function useKeysetWindow<Row, Cursor>({ queryKey, readPage }: WindowOptions<Row, Cursor>): KeysetWindow<Row> {
  const key = JSON.stringify(queryKey)
  const [jump, setJump] = useState<{ key: string; anchor: Anchor<Cursor> } | null>(null)
  const anchor: Anchor<Cursor> = jump?.key === key ? jump.anchor : { index: 0, cursor: null, jump: 0 }

  const query = useInfiniteQuery<
    PlacedPage<Row, Cursor>,
    Error,
    InfiniteData<PlacedPage<Row, Cursor>, PageParam<Cursor>>,
    QueryKey,
    PageParam<Cursor>
  >({
    queryKey: [...queryKey, { anchor }],
    initialPageParam: { ...anchor, towards: 'forward' },
    queryFn: async ({ pageParam, signal }) => {
      const page = await readPage({ cursor: pageParam.cursor, towards: pageParam.towards }, signal)
      return { ...page, start: startOf(page, pageParam) }
    },
    getNextPageParam: (last) =>
      last.next && { cursor: last.next, towards: 'forward', index: last.start + last.rows.length },
    getPreviousPageParam: (first) =>
      first.previous && first.start > 0 ? { cursor: first.previous, towards: 'backward', index: first.start } : null,
    maxPages,
    placeholderData: keepPreviousData,
    gcTime: 60_000,
  })

  const { data, isFetching, isPlaceholderData, hasNextPage, hasPreviousPage, error } = query
  const rows = useMemo(() => data?.pages.flatMap((page) => page.rows) ?? [], [data])
  const start = data?.pages[0]?.start ?? 0
  const end = start + rows.length

  const visited = useVisitedStarts<Cursor>(key)
  useEffect(() => {
    if (isPlaceholderData) return
    for (const [index, param] of (data?.pageParams ?? []).entries()) {
      const page = data?.pages[index]
      if (page && param.towards === 'forward') visited.set(page.start, param.cursor)
    }
  }, [data, isPlaceholderData, visited])

  const { fetchNextPage, fetchPreviousPage, refetch } = query
  const show = useCallback(
    (first: number, last: number) => {
      if (isFetching || isPlaceholderData || error !== null) return
      if (last >= end - margin && hasNextPage) void fetchNextPage({ cancelRefetch: false })
      else if (first < start + margin && hasPreviousPage && first >= start - 2 * margin)
        void fetchPreviousPage({ cancelRefetch: false })
      else if (first < start) setJump({ key, anchor: { ...nearestStart(visited, first), jump: anchor.jump + 1 } })
    },
    [
      isFetching,
      isPlaceholderData,
      error,
      end,
      start,
      hasNextPage,
      hasPreviousPage,
      key,
      visited,
      anchor.jump,
      fetchNextPage,
      fetchPreviousPage,
    ],
  )

  return {
    rowAt: (index) => rows[index - start],
    end,
    isComplete: data !== undefined && !hasNextPage && !isPlaceholderData,
    show,
    isPending: query.isPending,
    isFetching,
    isPrevious: isPlaceholderData,
    error,
    refetch: () => void refetch(),
  }
}

function startOf<Row, Cursor>(page: KeysetPage<Row, Cursor>, param: PageParam<Cursor>): number {
  if (param.towards === 'forward') return param.index
  return page.previous === null ? 0 : Math.max(0, param.index - page.rows.length)
}

/** Where pages were seen to begin, so that a jump back to any place is one request. */
function useVisitedStarts<Cursor>(key: string): Map<number, Cursor | null> {
  const ref = useRef({ key, starts: new Map<number, Cursor | null>() })
  return useMemo(() => {
    if (ref.current.key !== key) ref.current = { key, starts: new Map() }
    return ref.current.starts
  }, [key])
}

function nearestStart<Cursor>(
  visited: ReadonlyMap<number, Cursor | null>,
  index: number,
): Omit<Anchor<Cursor>, 'jump'> {
  let best: Omit<Anchor<Cursor>, 'jump'> = { index: 0, cursor: null }
  for (const [start, cursor] of visited) if (start <= index && start > best.index) best = { index: start, cursor }
  return best
}
