import type { ProjectStatus } from '../../core/project.ts'
import type { StatusCounts } from '../../core/queries/stats.ts'

/** The count of one status, or of all for null. */
export function countOf(counts: StatusCounts, status: ProjectStatus | null): number {
  if (status === null) return counts.total
  return status === 'permanently_disabled' ? counts.permanentlyDisabled : counts[status]
}
