import { createDrafts } from '../data/use-draft.ts'
import { type Duration, firstDuration } from '../exemption/draft.ts'

interface BulkDraft extends Duration {
  readonly reason: string
}

/** What is typed for the bulk act that is asked about, by its kind. */
export const bulkDrafts = createDrafts<BulkDraft>({ ...firstDuration, reason: '' })
