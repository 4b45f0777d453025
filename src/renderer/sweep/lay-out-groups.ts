/** A group that is open: which of the groups it is, and how many lines stand below its own. */
export interface OpenGroup {
  readonly index: number
  readonly lines: number
}

/** What stands on a line: a group, or a row of an open one, counted from its first. */
export interface LinePlace {
  readonly groupIndex: number
  readonly rowIndex: number | null
}

/** The lines that so many groups and the rows of the open ones take. */
export function countLines(groups: number, open: readonly OpenGroup[]): number {
  return open.reduce((sum, { index, lines }) => sum + (index < groups ? lines : 0), groups)
}

/** What stands on a line. `open`: in the order of the groups. */
export function placeLine(line: number, open: readonly OpenGroup[]): LinePlace {
  let before = 0
  for (const { index, lines } of open) {
    const head = index + before
    if (line <= head) break
    if (line <= head + lines) return { groupIndex: index, rowIndex: line - head - 1 }
    before += lines
  }
  return { groupIndex: line - before, rowIndex: null }
}
