import type { ErrorCode, ErrorShape } from '../errors.ts'

/** Skipped: a reactivation whose team has no active owner to act for. Failed: something broke; it may work later. */
export const bulkOutcomes = ['done', 'refused', 'skipped', 'failed'] as const
export type BulkOutcome = (typeof bulkOutcomes)[number]

/** A project of a bulk act; without names: it was gone when its turn came. */
export interface BulkSubject {
  readonly projectId: string
  readonly projectName: string | null
  readonly teamId: string | null
  readonly teamName: string | null
}

/** What became of one project. */
export interface BulkResult extends BulkSubject {
  /** Its place in the act, from 0. */
  readonly index: number
  readonly outcome: BulkOutcome
  /** Why it was not done. */
  readonly code: ErrorCode | null
  readonly message: string | null
}

/** How a bulk act ended: to its last project; between two of them; or because nothing more could be done. */
export interface BulkEnd {
  readonly outcome: 'done' | 'cancelled' | 'failed'
  /** Of one that failed. */
  readonly error: ErrorShape | null
}
