import { useState } from 'react'
import { instantToMicros } from '../../core/instant.ts'
import type { Run } from '../../core/queries/runs.ts'
import type { PreviewCounts } from '../../core/sweep/preview.ts'

/**
 * How many projects a sweep was to move. Counted before it started, that is what was due; counted while it ran, it is what
 * was left then and what it had done by then. It stays until it is counted anew.
 */
export function usePlannedTotal(run: Run, counts: PreviewCounts | undefined): number {
  const [planned, setPlanned] = useState({ key: '', total: 0 })
  const done = run.deactivated + run.disabled
  const key = counts === undefined ? '' : `${run.id} ${counts.now}`
  if (counts !== undefined && planned.key !== key) {
    const due = counts.deactivated + counts.disabled
    const wasCountedBefore = instantToMicros(counts.now) <= instantToMicros(run.startedAt)
    setPlanned({ key, total: wasCountedBefore ? due : done + due })
  }
  return Math.max(planned.total, done)
}
