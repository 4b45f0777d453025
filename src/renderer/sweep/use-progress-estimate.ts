import { useState } from 'react'
import { instantToMicros } from '../../core/instant.ts'
import type { Run } from '../../core/queries/runs.ts'
import { useNow } from '../ui/clock.ts'
import { lookAgain, nothingSeen, type ProgressEstimate } from './estimate-progress.ts'

/** How fast a run goes, looked at once a second. */
export function useProgressEstimate(run: Run, total: number): ProgressEstimate {
  const atMs = instantToMicros(useNow('second')) / 1_000
  const [seen, setSeen] = useState({ runId: run.id, atMs: Number.NaN, estimate: nothingSeen })
  const isSame = seen.runId === run.id
  if (isSame && seen.atMs === atMs) return seen.estimate
  const estimate = lookAgain(
    isSame ? seen.estimate : nothingSeen,
    { atMs, done: run.deactivated + run.disabled },
    total,
  )
  setSeen({ runId: run.id, atMs, estimate })
  return estimate
}
