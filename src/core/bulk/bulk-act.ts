import type { ErrorShape } from '../errors.ts'
import type { BulkEnd, BulkOutcome, BulkResult } from './bulk-result.ts'
import type { ReactivationPreview } from './preview-reactivation.ts'

/** A list that was fixed and looked at, and waits for a person to say yes. */
export interface PreparedBulk {
  readonly bulkId: string
  readonly projects: number
  readonly preview: ReactivationPreview
}

/** How far a bulk act is. */
export interface BulkProgress extends Readonly<Record<BulkOutcome, number>> {
  readonly bulkId: string
  readonly projects: number
  readonly reason: string
  readonly elapsedMs: number
  readonly state: 'running' | BulkEnd['outcome']
  readonly isCancelRequested: boolean
  readonly error: ErrorShape | null
}

/** One page of results, in the order of the act; pass `next` as `after` for the one after. */
export interface BulkResultPage {
  readonly results: readonly BulkResult[]
  readonly next: number | null
}
