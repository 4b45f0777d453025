import { memo, type ReactNode, useCallback, useEffect, useState } from 'react'
import type { DueCursor } from '../../core/sweep/preview.ts'
import type { GroupCursor, ReviewGroup, ReviewRequest, ReviewRow } from '../../core/sweep/review.ts'
import type { ReviewGrouping } from '../../core/sweep/review-request.ts'
import { type KeysetWindow, useKeysetWindow } from '../data/keyset-window.ts'
import { useTRPC, useTRPCClient } from '../data/trpc.ts'
import { countLines, type OpenGroup, placeLine } from './lay-out-groups.ts'

const pageSize = 200
/** Lines of a group that say that there is more. */
const placeholders = 8

/** A line of the review: a group, or a project. */
export type ReviewLine =
  | { readonly kind: 'group'; readonly group: ReviewGroup; readonly isOpen: boolean }
  | { readonly kind: 'project'; readonly row: ReviewRow }

const lines = new WeakMap<ReviewRow, ReviewLine>()

/** The same line for the same row, so that it is not drawn again. */
export function lineOf(row: ReviewRow): ReviewLine {
  const known = lines.get(row)
  if (known !== undefined) return known
  const line: ReviewLine = { kind: 'project', row }
  lines.set(row, line)
  return line
}

interface GroupedRequest extends ReviewRequest {
  readonly by: ReviewGrouping
}

/** What is due, as one list. */
export function useReviewRows(
  request: ReviewRequest,
  group: { readonly by: ReviewGrouping; readonly key: string } | null,
): KeysetWindow<ReviewRow> {
  const trpc = useTRPC()
  const client = useTRPCClient()
  const { stage, scope } = request
  return useKeysetWindow<ReviewRow, DueCursor>({
    queryKey: [...trpc.sweeps.review.pathKey(), 'window', stage, scope, group],
    async readPage({ cursor }, signal) {
      const asked = { stage, scope, group, after: cursor, limit: pageSize }
      const page = await client.sweeps.review.query(asked, { signal })
      return { rows: page.rows, previous: null, next: page.next }
    },
  })
}

/**
 * What is due in groups, each of which is open or not, as the lines of one list. `readers` has to be drawn: it reads the
 * rows of the open groups. `missing`: keys of open groups that are not there.
 */
export function useReviewGroups(
  { stage, scope, by }: GroupedRequest,
  openKeys: readonly string[],
): { lines: KeysetWindow<ReviewLine>; readers: ReactNode; missing: readonly string[] } {
  const trpc = useTRPC()
  const client = useTRPCClient()
  const groups = useKeysetWindow<ReviewGroup, GroupCursor>({
    queryKey: [...trpc.sweeps.reviewGroups.pathKey(), 'window', stage, scope, by],
    async readPage({ cursor }, signal) {
      const asked = { stage, scope, by, after: cursor, limit: pageSize }
      const page = await client.sweeps.reviewGroups.query(asked, { signal })
      return { rows: page.groups, previous: null, next: page.next }
    },
  })
  const [rowsOf, setRowsOf] = useState<ReadonlyMap<string, KeysetWindow<ReviewRow>>>(new Map())
  const take = useCallback((key: string, rows: KeysetWindow<ReviewRow> | null) => {
    setRowsOf((before) => {
      const after = new Map(before)
      if (rows === null) after.delete(key)
      else after.set(key, rows)
      return after
    })
  }, [])

  const places = placeGroups(groups, openKeys)
  const open: readonly (OpenGroup & { readonly key: string })[] = places.map(({ key, index, projects }) => {
    const rows = rowsOf.get(key)
    const known = rows?.end ?? 0
    return { key, index, lines: rows?.isComplete === true ? known : Math.min(projects, known + placeholders) }
  })
  const show = (first: number, last: number) => {
    const from = placeLine(first, open)
    const to = placeLine(last, open)
    groups.show(from.groupIndex, to.groupIndex)
    for (const { key, index, lines } of open) {
      if (index < from.groupIndex || index > to.groupIndex) continue
      const firstRow = index === from.groupIndex ? (from.rowIndex ?? 0) : 0
      const lastRow = index === to.groupIndex ? (to.rowIndex ?? -1) : lines - 1
      if (lastRow >= firstRow) rowsOf.get(key)?.show(firstRow, lastRow)
    }
  }
  const rowAt = (line: number): ReviewLine | undefined => {
    const { groupIndex, rowIndex } = placeLine(line, open)
    const group = groups.rowAt(groupIndex)
    if (rowIndex === null) {
      return group && { kind: 'group', group, isOpen: openKeys.includes(group.key) }
    }
    const key = open.find(({ index }) => index === groupIndex)?.key ?? ''
    const row = rowsOf.get(key)?.rowAt(rowIndex)
    return row && lineOf(row)
  }
  const failed = places.map(({ key }) => rowsOf.get(key)).find((rows) => rows !== undefined && rows.error !== null)
  return {
    lines: {
      ...groups,
      rowAt,
      end: countLines(groups.end, open),
      show,
      isFetching: groups.isFetching || places.some(({ key }) => rowsOf.get(key)?.isFetching === true),
      error: groups.error ?? failed?.error ?? null,
    },
    readers: places.map(({ key }) => (
      <GroupReader key={`${stage} ${scope} ${by} ${key}`} {...{ stage, scope, by }} groupKey={key} onRows={take} />
    )),
    missing: groups.isComplete ? openKeys.filter((key) => places.every((place) => place.key !== key)) : [],
  }
}

interface GroupPlace {
  readonly key: string
  readonly index: number
  readonly projects: number
}

/** Where the open groups are among the groups, in their order, as far as they were read. */
function placeGroups({ end, rowAt }: KeysetWindow<ReviewGroup>, openKeys: readonly string[]): readonly GroupPlace[] {
  if (openKeys.length === 0) return []
  return Array.from({ length: end }, (_, index) => index).flatMap((index) => {
    const group = rowAt(index)
    return group !== undefined && openKeys.includes(group.key) ? [{ ...group, index }] : []
  })
}

interface GroupReaderProps extends GroupedRequest {
  readonly groupKey: string
  readonly onRows: (key: string, rows: KeysetWindow<ReviewRow> | null) => void
}

/** Reads the rows of one group, for as long as it is drawn. It shows nothing itself. */
const GroupReader = memo(function GroupReader({ stage, scope, by, groupKey, onRows }: GroupReaderProps) {
  const rows = useReviewRows({ stage, scope }, { by, key: groupKey })
  useEffect(() => onRows(groupKey, rows))
  useEffect(() => () => onRows(groupKey, null), [groupKey, onRows])
  return null
})
