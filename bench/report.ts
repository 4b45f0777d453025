/** What a figure must keep: by itself, or against its reference in the same run. */
export type Budget =
  | { readonly kind: 'at-most'; readonly value: number }
  | { readonly kind: 'at-most-times'; readonly ratio: number }
  | { readonly kind: 'at-least-times-faster'; readonly ratio: number }

export interface Figure {
  readonly name: string
  readonly value: number
  readonly unit: 'ms' | 'MB' | '%'
  readonly reference?: { readonly name: string; readonly value: number }
  /** Without one, the figure is there to be known. */
  readonly budget?: Budget
  /** What else there is to say, such as the slowest cases. */
  readonly notes?: readonly string[]
}

/** The figure in multiples of its reference; null without one. */
export function ratioOf(figure: Figure): number | null {
  return figure.reference === undefined ? null : figure.value / figure.reference.value
}

/**
 * Whether a figure keeps its budget; null without one. A boundary counts as kept.
 * @throws RangeError for a budget of a ratio without a reference
 */
export function isWithinBudget(figure: Figure): boolean | null {
  const { budget, value } = figure
  if (budget === undefined) return null
  if (budget.kind === 'at-most') return value <= budget.value
  const ratio = ratioOf(figure)
  if (ratio === null) throw new RangeError(`${figure.name} has a budget of a ratio and no reference`)
  return budget.kind === 'at-most-times' ? ratio <= budget.ratio : 1 / ratio >= budget.ratio
}

/** The figures as a table of text, with their notes below. */
export function formatTable(figures: readonly Figure[]): string {
  const header = ['', 'figure', 'reference', '', 'ratio', 'budget', '']
  const rows = [header, ...figures.map(formatRow)]
  const widths = header.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)))
  const isNumber = (column: number) => column === 1 || column === 2 || column === 4
  const lines = rows.map((row) =>
    row
      .map((cell, column) => (isNumber(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0)))
      .join('  ')
      .trimEnd(),
  )
  const notes = figures.flatMap(({ name, notes = [] }) =>
    notes.length === 0 ? [] : ['', `${name}:`, ...notes.map((note) => `  ${note}`)],
  )
  return [...lines, ...notes].join('\n')
}

/** A figure as the JSON of the bench has it: with its ratio and verdict. */
export function describeFigure(figure: Figure) {
  return { ...figure, ratio: ratioOf(figure), isWithinBudget: isWithinBudget(figure) }
}

function formatRow(figure: Figure): string[] {
  const { name, unit, reference, budget } = figure
  const ratio = ratioOf(figure)
  const isWithin = isWithinBudget(figure)
  return [
    name,
    formatValue(figure.value, unit),
    reference === undefined ? '' : formatValue(reference.value, unit),
    reference?.name ?? '',
    formatRatio(figure, ratio),
    budget === undefined ? '' : formatBudget(budget, unit),
    isWithin === null ? '' : isWithin ? 'ok' : 'OVER',
  ]
}

function formatRatio({ budget }: Figure, ratio: number | null): string {
  if (ratio === null) return ''
  return budget?.kind === 'at-least-times-faster' ? `1/${formatNumber(1 / ratio)}` : formatNumber(ratio)
}

function formatBudget(budget: Budget, unit: Figure['unit']): string {
  if (budget.kind === 'at-most') return `<= ${formatValue(budget.value, unit)}`
  return budget.kind === 'at-most-times' ? `<= ${budget.ratio} x` : `<= 1/${budget.ratio} x`
}

function formatValue(value: number, unit: Figure['unit']): string {
  return `${formatNumber(value)} ${unit}`
}

/** Three digits that mean something, thousands apart. */
function formatNumber(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: value < 10 ? 2 : value < 100 ? 1 : 0 })
}
