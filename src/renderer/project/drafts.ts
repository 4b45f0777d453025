import { keepText, readText } from '../data/kept-text.ts'

/** What was typed into a form of a project: neither an error, a look elsewhere nor a reload loses it. */
interface Drafts<Draft> {
  readonly read: (projectId: string) => Draft
  readonly keep: (projectId: string, draft: Draft) => void
}

interface ReactivationDraft {
  /** Null: nobody was chosen. */
  readonly onBehalfOf: string | null
  readonly reason: string
}

export const noteDrafts: Drafts<string> = {
  read: (projectId) => readText(`note ${projectId}`),
  keep: (projectId, text) => keepText(`note ${projectId}`, text),
}

export const noReactivation: ReactivationDraft = { onBehalfOf: null, reason: '' }

export const reactivationDrafts: Drafts<ReactivationDraft> = {
  read: (projectId) => ({
    onBehalfOf: readText(`reactivate for ${projectId}`) || null,
    reason: readText(`reactivate why ${projectId}`),
  }),
  keep(projectId, { onBehalfOf, reason }) {
    keepText(`reactivate for ${projectId}`, onBehalfOf ?? '')
    keepText(`reactivate why ${projectId}`, reason)
  },
}
