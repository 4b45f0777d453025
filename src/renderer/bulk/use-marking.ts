import { useRef, useState } from 'react'
import { maxBulkProjects, type Selection } from '../../core/bulk/fix-selection.ts'
import type { ProjectRow, ProjectView } from '../../core/queries/projects.ts'
import type { KeysetWindow } from '../data/keyset-window.ts'
import type { ProjectTotal } from '../projects/use-project-rows.ts'
import {
  allMarked,
  beginMarking,
  bringBack,
  canBringBack,
  changeList,
  countMarked,
  isMarked,
  type Marked,
  mark,
  nothingMarked,
} from './marked.ts'

/** The projects that are marked in the list, and the ways to mark. */
export interface ProjectMarking {
  readonly marked: Marked
  /** Null: all that match, and their number is not known yet. */
  readonly count: number | null
  /** How many match, if one bulk act can take them; null until it is known. */
  readonly matching: number | null
  /** More match than one bulk act takes. */
  readonly isTooMany: boolean
  readonly loaded: { readonly isAll: boolean; readonly isSome: boolean }
  readonly isMarked: (row: ProjectRow) => boolean
  /** Marks or unmarks the row at this index; with `isRange`, all that are loaded from the one before to this one. */
  readonly toggle: (index: number, isRange: boolean) => void
  readonly toggleLoaded: () => void
  readonly markAll: () => void
  readonly clear: () => void
  /** Marks were put aside when the filters changed. */
  readonly isAside: boolean
  /** How many; null: all that matched. */
  readonly putAside: number | null
  /** Null: they would be others under these filters. */
  readonly bringBack: (() => void) | null
  readonly selection: Selection
}

/** Marks by id, so that they stay with their projects whatever is sorted, scrolled or changed meanwhile. */
export function useMarking(
  view: ProjectView,
  rows: KeysetWindow<ProjectRow>,
  total: ProjectTotal | null,
): ProjectMarking {
  const listKey = keyOfList(view)
  const [held, setMarking] = useState(() => beginMarking(listKey))
  const marking = held.listKey === listKey ? held : changeList(held, listKey)
  if (marking !== held) setMarking(marking)
  const lastId = useRef<string | null>(null)
  const { marked, aside } = marking
  const isTooMany = total !== null && (!total.isExact || total.projects > maxBulkProjects)
  const matching = total === null || isTooMany ? null : total.projects
  const set = (next: Marked) => setMarking({ listKey, marked: next, aside: null })

  const loadedIds: string[] = []
  for (let index = 0; index < rows.end; index += 1) {
    const row = rows.rowAt(index)
    if (row !== undefined) loadedIds.push(row.id)
  }
  const markedLoaded = loadedIds.filter((id) => isMarked(marked, id)).length
  const isAll = loadedIds.length > 0 && markedLoaded === loadedIds.length

  return {
    marked,
    count: countMarked(marked, matching),
    matching,
    isTooMany,
    loaded: { isAll, isSome: markedLoaded > 0 },
    isMarked: (row) => isMarked(marked, row.id),
    toggle(index, isRange) {
      const row = rows.rowAt(index)
      if (row === undefined) return
      const from = isRange && lastId.current !== null ? loadedIds.indexOf(lastId.current) : -1
      const to = loadedIds.indexOf(row.id)
      const ids = from < 0 ? [row.id] : loadedIds.slice(Math.min(from, to), Math.max(from, to) + 1)
      lastId.current = row.id
      set(mark(marked, ids, from < 0 ? !isMarked(marked, row.id) : true))
    },
    toggleLoaded: () => set(mark(marked, loadedIds, !isAll)),
    markAll: () => set(allMarked),
    clear: () => set(nothingMarked),
    isAside: aside !== null,
    putAside: aside && countMarked(aside.marked, null),
    bringBack: canBringBack(marking) ? () => setMarking(bringBack(marking)) : null,
    selection:
      marked.kind === 'some'
        ? { kind: 'some', projectIds: [...marked.ids] }
        : { kind: 'matching', view, exceptIds: [...marked.exceptIds] },
  }
}

/** The order does not change which projects a list has, except that one order leaves those without a date out. */
function keyOfList({ direction: _direction, sort, ...filter }: ProjectView): string {
  return JSON.stringify({ ...filter, isDatedOnly: sort === 'deactivated' })
}
