import type { ListedProject } from '../../core/queries/projects.ts'

interface SplitMatch {
  readonly before: string
  readonly found: string
  readonly after: string
}

/** A text around the part that was searched for, in any case. Not in it: the whole text is before. */
export function splitMatch(text: string, search: string): SplitMatch {
  const start = search === '' ? -1 : text.toLowerCase().indexOf(search.toLowerCase())
  // Some letters have another length in lower case: then the places can't be told.
  if (start === -1 || text.toLowerCase().length !== text.length) return { before: text, found: '', after: '' }
  const end = start + search.length
  return { before: text.slice(0, start), found: text.slice(start, end), after: text.slice(end) }
}

/** Which of the first rows somebody means who asks for one: that with exactly what was searched for, else the first. */
export function pickMatch<Row extends Pick<ListedProject, 'match'>>(
  rows: readonly Row[],
  search: string,
): Row | undefined {
  return exactFirst(rows, search)[0]
}

/** Those with exactly what was searched for before the others, both in their order. */
export function exactFirst<Row extends Pick<ListedProject, 'match'>>(rows: readonly Row[], search: string): Row[] {
  const wanted = search.toLowerCase()
  const isExact = ({ match }: Row) => match?.text.toLowerCase() === wanted
  return [...rows.filter(isExact), ...rows.filter((row) => !isExact(row))]
}
