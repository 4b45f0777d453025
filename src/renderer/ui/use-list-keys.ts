import { useShortcuts } from '../keys/use-shortcuts.ts'

interface ListKeys {
  readonly focusSearch?: () => void
  readonly close?: () => void
}

/** `/` goes to the search, if there is one, Escape closes what is open; neither while somebody types. */
export function useListKeys({ focusSearch, close }: ListKeys): void {
  useShortcuts({ search: focusSearch, close })
}
