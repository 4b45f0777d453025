import { createDrafts } from '../data/use-draft.ts'

interface ReactivationDraft {
  /** Null: whoever is preselected. */
  readonly onBehalfOf: string | null
  readonly reason: string
}

export const noteDrafts = createDrafts('')

/** By the project's id, as those of notes. */
export const reactivationDrafts = createDrafts<ReactivationDraft>({ onBehalfOf: null, reason: '' })
