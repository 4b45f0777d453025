/**
 * Every key of the console, once: the reader of keys, the lists and the help all go by this table. No letter is held with a
 * modifier but ⌘/Ctrl K, so that browsers keep theirs; the letters alone can be switched off, for those whose assistive
 * technology types them (WCAG 2.1.4).
 */
export const shortcuts = [
  { id: 'palette', group: 'everywhere', keys: ['Mod+k'] },
  { id: 'help', group: 'everywhere', keys: ['?'] },
  { id: 'search', group: 'everywhere', keys: ['/'] },
  { id: 'close', group: 'everywhere', keys: ['Escape'] },
  { id: 'undo', group: 'everywhere', keys: ['u'] },
  { id: 'preview', group: 'everywhere', keys: ['p'] },
  { id: 'goOverview', group: 'pages', keys: ['g o'] },
  { id: 'goProjects', group: 'pages', keys: ['g p'] },
  { id: 'goSweeps', group: 'pages', keys: ['g s'] },
  { id: 'goRuns', group: 'pages', keys: ['g r'] },
  { id: 'goMail', group: 'pages', keys: ['g m'] },
  { id: 'goAgents', group: 'pages', keys: ['g a'] },
  { id: 'goPolicy', group: 'pages', keys: ['g y'] },
  { id: 'nextRow', group: 'lists', keys: ['j'], focusedKeys: ['ArrowDown'] },
  { id: 'previousRow', group: 'lists', keys: ['k'], focusedKeys: ['ArrowUp'] },
  { id: 'nextPage', group: 'lists', keys: [], focusedKeys: ['PageDown'] },
  { id: 'previousPage', group: 'lists', keys: [], focusedKeys: ['PageUp'] },
  { id: 'firstRow', group: 'lists', keys: [], focusedKeys: ['Home'] },
  { id: 'lastRow', group: 'lists', keys: [], focusedKeys: ['End'] },
  { id: 'openRow', group: 'lists', keys: [], focusedKeys: ['Enter'] },
  { id: 'markRow', group: 'lists', keys: [], focusedKeys: ['Space'] },
  { id: 'reactivate', group: 'project', keys: ['r'] },
] as const satisfies readonly ShortcutDefinition[]

export type ShortcutId = (typeof shortcuts)[number]['id']
export type ShortcutGroup = (typeof shortcuts)[number]['group']
/** A row of the table, as whoever goes through all of them sees it. */
export type Shortcut = ShortcutDefinition & { readonly id: ShortcutId; readonly group: ShortcutGroup }

export const shortcutGroups = ['everywhere', 'pages', 'lists', 'project'] as const satisfies readonly ShortcutGroup[]

/** Those of a group, in the order of the table. */
export function shortcutsOf(group: ShortcutGroup): readonly Shortcut[] {
  return shortcuts.filter((shortcut) => shortcut.group === group)
}

/** The first key of a shortcut, as it is written beside what it does; without ⌘ or Ctrl. */
export function keyOf(id: ShortcutId): string {
  return (
    shortcuts
      .find((shortcut) => shortcut.id === id)
      ?.keys[0]?.replace('Mod+', '')
      .toUpperCase() ?? ''
  )
}

interface ShortcutDefinition {
  readonly id: string
  readonly group: string
  /** As `KeyboardEvent.key`; two after one another with a space between; `Mod`: ⌘ on a Mac, else Ctrl. */
  readonly keys: readonly string[]
  /** Those that count only while the list itself has the focus: elsewhere they scroll and press. */
  readonly focusedKeys?: readonly string[]
}

const focused = new Map<string, ShortcutId>(
  shortcuts.flatMap((shortcut) =>
    'focusedKeys' in shortcut ? shortcut.focusedKeys.map((key) => [key, shortcut.id] as const) : [],
  ),
)

/** What a key does in a list that has the focus. */
export function focusedShortcut(key: string): ShortcutId | undefined {
  return focused.get(key === ' ' ? 'Space' : key)
}
