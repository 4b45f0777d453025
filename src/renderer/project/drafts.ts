/** What was typed into the form of a project, kept while the window lives: neither an error nor a look elsewhere loses it. */
export interface ReactivationDraft {
  readonly onBehalfOf: string | null
  readonly reason: string
}

const drafts = new Map<string, ReactivationDraft>()

export function readDraft(projectId: string): ReactivationDraft {
  return drafts.get(projectId) ?? { onBehalfOf: null, reason: '' }
}

export function keepDraft(projectId: string, draft: ReactivationDraft): void {
  drafts.set(projectId, draft)
}

export function dropDraft(projectId: string): void {
  drafts.delete(projectId)
}
