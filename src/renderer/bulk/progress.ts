import type { BulkProgress } from '../../core/bulk/bulk-act.ts'
import { bulkOutcomes } from '../../core/bulk/bulk-result.ts'

type Counts = Pick<BulkProgress, (typeof bulkOutcomes)[number]>

/** Projects whose turn has come, whatever became of them. */
export function dealtWith(counts: Counts): number {
  return bulkOutcomes.reduce((sum, outcome) => sum + counts[outcome], 0)
}

/** How fast an act is, and how long the rest takes at that; null until something can be said. */
export function estimateRest(
  progress: Counts & Pick<BulkProgress, 'projects' | 'elapsedMs'>,
): { readonly perSecond: number; readonly leftMicros: number } | null {
  const dealt = dealtWith(progress)
  if (dealt === 0 || progress.elapsedMs < 500) return null
  const perMs = dealt / progress.elapsedMs
  return {
    perSecond: Math.max(1, Math.round(perMs * 1_000)),
    leftMicros: Math.round(((progress.projects - dealt) / perMs) * 1_000),
  }
}
