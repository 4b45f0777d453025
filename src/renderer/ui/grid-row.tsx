import { type MouseEvent, useMemo } from 'react'
import classes from './virtual-grid.module.css'
import type { Column } from './virtual-grid.tsx'

interface RowMark {
  readonly label: string
  readonly isOn: boolean
  readonly toggle: (isRange: boolean) => void
}

interface GridRowProps<Row> {
  readonly id: string
  /** Undefined: not read yet. */
  readonly row: Row | undefined
  readonly index: number
  readonly top: number
  readonly columns: readonly Column<Row>[]
  readonly lineClass: string | undefined
  readonly isActive: boolean
  readonly isOpen: boolean
  readonly mark: RowMark | undefined
  readonly onOpen: ((row: Row) => void) | undefined
}

/** One line of a grid, at its place in the whole list. The keys are the grid's; the pointer is the row's. */
export function GridRow<Row>(props: GridRowProps<Row>) {
  const { id, row, index, top, columns, lineClass, isActive, isOpen, mark, onOpen } = props
  const place = { transform: `translateY(${top}px)` }
  // Scrolling draws every line again; what stands in it stays the same.
  const cells = useMemo(
    () =>
      row !== undefined &&
      columns.map((column) => (
        <div key={column.id} role="gridcell" className={column.className}>
          {column.cell(row)}
        </div>
      )),
    [row, columns],
  )
  if (row === undefined) {
    return (
      <div className={`${classes.row} ${lineClass}`} style={place} aria-hidden="true">
        <span className={classes.placeholder} />
      </div>
    )
  }
  const open = (event: MouseEvent) => {
    // Links inside keep "open in a new tab".
    if (onOpen === undefined || event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    onOpen(row)
  }
  return (
    <div
      id={id}
      className={`${classes.row} ${lineClass}`}
      style={place}
      role="row"
      tabIndex={-1}
      aria-rowindex={index + 2}
      aria-selected={mark?.isOn ?? isActive}
      data-active={isActive}
      data-markable={mark && true}
      aria-current={isOpen ? 'true' : undefined}
      data-openable={onOpen !== undefined}
      onClick={open}
    >
      {mark && (
        <div role="gridcell" className={classes.mark} onClick={(event) => event.stopPropagation()}>
          <input
            type="checkbox"
            tabIndex={-1}
            aria-label={mark.label}
            checked={mark.isOn}
            readOnly={true}
            onClick={(event) => mark.toggle(event.shiftKey)}
          />
        </div>
      )}
      {cells}
    </div>
  )
}
