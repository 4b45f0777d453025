import type { Context } from '../context.ts'
import type { ErrorShape } from '../errors.ts'
import { exempt } from '../exemptions.ts'
import type { Instant } from '../instant.ts'
import { reactivateForOwner } from '../reactivate.ts'
import type { BulkEnd, BulkOutcome, BulkResult } from './bulk-result.ts'
import type { BulkPreview } from './preview-bulk.ts'

export const bulkActKinds = ['reactivate', 'exempt'] as const
export type BulkActKind = (typeof bulkActKinds)[number]

/** What is done to each project. */
export type BulkAct =
  | { readonly kind: 'reactivate' }
  /** Null: for good. */
  | { readonly kind: 'exempt'; readonly until: Instant | null }

/** Does the act to one project. Errors: those of `reactivateForOwner` and `exempt`. */
export async function performAct(context: Context, act: BulkAct, projectId: string, reason: string): Promise<void> {
  if (act.kind === 'reactivate') await reactivateForOwner(context, { projectId, reason })
  else await exempt(context, { scope: 'project', id: projectId, until: act.until, reason })
}

/** A list that was fixed and looked at, and waits for a person to say yes. */
export interface PreparedBulk {
  readonly bulkId: string
  readonly kind: BulkActKind
  readonly projects: number
  readonly preview: BulkPreview
}

/** How far a bulk act is. */
export interface BulkProgress extends Readonly<Record<BulkOutcome, number>> {
  readonly bulkId: string
  readonly act: BulkAct
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
