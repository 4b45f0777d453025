/** What was typed into a form of a project, kept while the window lives: neither an error nor a look elsewhere loses it. */
interface Drafts<Draft> {
  readonly read: (projectId: string) => Draft
  readonly keep: (projectId: string, draft: Draft) => void
  readonly drop: (projectId: string) => void
}

export interface ReactivationDraft {
  readonly onBehalfOf: string | null
  readonly reason: string
}

function createDrafts<Draft>(empty: Draft): Drafts<Draft> {
  const drafts = new Map<string, Draft>()
  return {
    read: (projectId) => drafts.get(projectId) ?? empty,
    keep: (projectId, draft) => void drafts.set(projectId, draft),
    drop: (projectId) => void drafts.delete(projectId),
  }
}

export const reactivationDrafts = createDrafts<ReactivationDraft>({ onBehalfOf: null, reason: '' })
export const noteDrafts = createDrafts('')
