/** What is marked in a list: some of its projects by id, or all that match its filters but some. */
export type Marked =
  | { readonly kind: 'some'; readonly ids: ReadonlySet<string> }
  | { readonly kind: 'matching'; readonly exceptIds: ReadonlySet<string> }

export const nothingMarked: Marked = { kind: 'some', ids: new Set() }
export const allMarked: Marked = { kind: 'matching', exceptIds: new Set() }

export function isMarked(marked: Marked, id: string): boolean {
  return marked.kind === 'some' ? marked.ids.has(id) : !marked.exceptIds.has(id)
}

/** Marks these projects, or unmarks them. */
export function mark(marked: Marked, ids: readonly string[], isOn: boolean): Marked {
  const listed = new Set(marked.kind === 'some' ? marked.ids : marked.exceptIds)
  const isAdded = (marked.kind === 'some') === isOn
  for (const id of ids) {
    if (isAdded) listed.add(id)
    else listed.delete(id)
  }
  return marked.kind === 'some' ? { kind: 'some', ids: listed } : { kind: 'matching', exceptIds: listed }
}

/** How many projects are marked; null: all that match, and how many those are is not known. */
export function countMarked(marked: Marked, matching: number | null): number | null {
  if (marked.kind === 'some') return marked.ids.size
  return matching === null ? null : Math.max(0, matching - marked.exceptIds.size)
}

/** The marks of a list, and those that were put aside when its filters changed. */
export interface Marking {
  /** Which projects the list shows, in whatever order. */
  readonly listKey: string
  readonly marked: Marked
  readonly aside: { readonly listKey: string; readonly marked: Marked } | null
}

export function beginMarking(listKey: string): Marking {
  return { listKey, marked: nothingMarked, aside: null }
}

/**
 * The filters have changed: what is marked is put aside, since acting on what is out of sight would surprise. It is there
 * again when the filters are what they were, or when it is asked for.
 */
export function changeList({ marked, listKey: from, aside }: Marking, listKey: string): Marking {
  const isEmpty = marked.kind === 'some' && marked.ids.size === 0
  const put = isEmpty ? aside : { listKey: from, marked }
  if (put?.listKey === listKey) return { listKey, marked: put.marked, aside: null }
  return { listKey, marked: nothingMarked, aside: put }
}

/** Ids stay what they are under other filters; "all that match" would be others. */
export function canBringBack({ aside }: Marking): boolean {
  return aside?.marked.kind === 'some'
}

export function bringBack(marking: Marking): Marking {
  if (marking.aside === null || !canBringBack(marking)) return marking
  return { ...marking, marked: marking.aside.marked, aside: null }
}
