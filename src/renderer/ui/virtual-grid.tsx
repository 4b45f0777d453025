import { useVirtualizer } from '@tanstack/react-virtual'
import {
  type KeyboardEvent,
  type ReactNode,
  type Ref,
  useEffect,
  useId,
  useImperativeHandle,
  useRef,
  useState,
} from 'react'
import type { KeysetWindow } from '../data/keyset-window.ts'
import { useWords } from '../i18n/language.tsx'
import { focusedShortcut, type ShortcutId } from '../keys/shortcuts.ts'
import { useShortcuts } from '../keys/use-shortcuts.ts'
import { Loading } from './empty-state.tsx'
import { ErrorPanel } from './error-panel.tsx'
import { GridRow } from './grid-row.tsx'
import { Refreshing } from './refreshing.tsx'
import { useLast } from './use-last.ts'
import classes from './virtual-grid.module.css'

export interface Column<Row> {
  readonly id: string
  readonly header: ReactNode
  readonly sort?: 'ascending' | 'descending' | undefined
  readonly className?: string | undefined
  readonly cell: (row: Row) => ReactNode
}

export interface GridHandle {
  readonly focus: () => void
}

/** Marks on rows: a checkbox before each, the space bar for the active one. */
export interface GridMarks<Row> {
  /** Above the checkboxes. */
  readonly header: ReactNode
  readonly labelOf: (row: Row) => string
  readonly isMarked: (row: Row) => boolean
  /** With `isRange` (Shift), from the row that was marked before to this one. */
  readonly onToggle: (index: number, isRange: boolean) => void
}

interface VirtualGridProps<Row> {
  readonly label: string
  /** The same array for as long as it says the same: lines are drawn again when it changes. */
  readonly columns: readonly Column<Row>[]
  /** The CSS class that lays out the cells of a line. */
  readonly lineClass: string | undefined
  readonly rows: KeysetWindow<Row>
  readonly keyOf: (row: Row) => string
  /** Rows of the whole list, if known. */
  readonly total: number | null
  readonly openKey?: string | null
  /** Enter or a click on a row. */
  readonly onOpen?: (row: Row, how: 'pointer' | 'keyboard') => void
  /** The arrow keys reached a row. */
  readonly onMove?: (row: Row) => void
  readonly marks?: GridMarks<Row>
  readonly empty: ReactNode
  /** When it changes, it is another list: back to its top. */
  readonly listKey: string
  readonly handle?: Ref<GridHandle>
}

export const rowHeight = 32
/** Lines below the last known row that say that there is more. */
const placeholders = 8

/** A list of any length as a grid: only what is in sight is drawn, the arrow keys move, Enter opens. */
export function VirtualGrid<Row>(props: VirtualGridProps<Row>) {
  const { label, columns, lineClass, rows, keyOf, total, openKey = null, onOpen, onMove, marks, empty, listKey } = props
  const words = useWords()
  const id = useId()
  const scroller = useRef<HTMLDivElement>(null)
  const [active, setActive] = useState({ listKey, index: -1 })
  const activeIndex = active.listKey === listKey ? active.index : -1
  const failure = useLast(rows.error)
  useImperativeHandle(props.handle, () => ({ focus: () => scroller.current?.focus({ preventScroll: true }) }))

  const lines = rows.end + (rows.isComplete || rows.end === 0 ? 0 : placeholders)
  const virtual = useVirtualizer({
    count: lines,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    scrollMargin: rowHeight,
    scrollPaddingStart: rowHeight,
  })
  const items = virtual.getVirtualItems()
  const first = items[0]?.index ?? 0
  const last = items.at(-1)?.index ?? 0
  const { show } = rows
  useEffect(() => show(first, last), [show, first, last])
  useEffect(() => {
    if (listKey !== '') scroller.current?.scrollTo({ top: 0 })
  }, [listKey])

  const moveTo = (index: number) => {
    const next = Math.max(0, Math.min(index, rows.end - 1))
    setActive({ listKey, index: next })
    virtual.scrollToIndex(next, { align: 'auto' })
    const row = rows.rowAt(next)
    if (row !== undefined) onMove?.(row)
  }
  const handleKey = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget || event.altKey || event.ctrlKey || event.metaKey) return
    const pageRows = Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 2
    const shortcut = focusedShortcut(event.key)
    const target = steppedIndex(shortcut, { activeIndex, pageRows, end: rows.end })
    const row = rows.rowAt(activeIndex)
    if (target !== undefined) moveTo(target)
    else if (shortcut === 'openRow' && row !== undefined) onOpen?.(row, 'keyboard')
    else if (shortcut === 'markRow' && row !== undefined && marks) marks.onToggle(activeIndex, event.shiftKey)
    else return
    event.preventDefault()
  }
  const step = (rowsOn: number) => {
    scroller.current?.focus({ preventScroll: true })
    moveTo(activeIndex + rowsOn)
  }
  useShortcuts({ nextRow: () => step(1), previousRow: () => step(-1) })

  const isEmpty = rows.end === 0
  return (
    <div className={classes.frame}>
      <Refreshing isOn={rows.isFetching} />
      <div
        ref={scroller}
        className={classes.scroller}
        role="grid"
        aria-label={label}
        aria-rowcount={total === null ? -1 : total + 1}
        aria-colcount={columns.length + (marks ? 1 : 0)}
        aria-multiselectable={marks && true}
        aria-busy={rows.isPending || rows.isPrevious}
        aria-activedescendant={rows.rowAt(activeIndex) === undefined ? undefined : `${id}-${activeIndex}`}
        tabIndex={0}
        onKeyDown={handleKey}
      >
        <div className={`${classes.head} ${lineClass}`} role="row" aria-rowindex={1} data-markable={marks && true}>
          {marks && (
            <div role="columnheader" className={classes.mark}>
              {marks.header}
            </div>
          )}
          {columns.map((column) => (
            <div key={column.id} role="columnheader" aria-sort={column.sort} className={column.className}>
              {column.header}
            </div>
          ))}
        </div>
        <div
          className={classes.body}
          role="rowgroup"
          style={{ height: virtual.getTotalSize() }}
          data-previous={rows.isPrevious}
        >
          {items.map(({ index, start }) => {
            const row = rows.rowAt(index)
            return (
              <GridRow<Row>
                key={row === undefined ? `place-${index}` : keyOf(row)}
                id={`${id}-${index}`}
                row={row}
                index={index}
                top={start - rowHeight}
                columns={columns}
                lineClass={lineClass}
                isActive={index === activeIndex}
                isOpen={row !== undefined && keyOf(row) === openKey}
                mark={
                  marks && row !== undefined
                    ? {
                        label: marks.labelOf(row),
                        isOn: marks.isMarked(row),
                        toggle: (isRange) => {
                          setActive({ listKey, index })
                          scroller.current?.focus({ preventScroll: true })
                          marks.onToggle(index, isRange)
                        },
                      }
                    : undefined
                }
                onOpen={
                  onOpen &&
                  ((opened) => {
                    setActive({ listKey, index })
                    scroller.current?.focus({ preventScroll: true })
                    onOpen(opened, 'pointer')
                  })
                }
              />
            )
          })}
        </div>
      </div>
      {isEmpty && (
        <div className={classes.instead}>
          {failure === null && rows.isPending && <Loading text={words.state.loading} />}
          {failure !== null && <ErrorPanel error={failure} onRetry={rows.refetch} />}
          {rows.isComplete && !rows.isPending && rows.error === null && empty}
        </div>
      )}
    </div>
  )
}

/** Where a shortcut leads to from the active line; undefined for one that leads nowhere. */
function steppedIndex(
  shortcut: ShortcutId | undefined,
  at: { activeIndex: number; pageRows: number; end: number },
): number | undefined {
  switch (shortcut) {
    case 'nextRow':
      return at.activeIndex + 1
    case 'previousRow':
      return at.activeIndex - 1
    case 'nextPage':
      return at.activeIndex + at.pageRows
    case 'previousPage':
      return at.activeIndex - at.pageRows
    case 'firstRow':
      return 0
    case 'lastRow':
      return at.end - 1
    default:
      return undefined
  }
}
