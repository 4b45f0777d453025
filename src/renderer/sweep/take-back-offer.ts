import { daysBetween, type Instant } from '../../core/instant.ts'
import type { Run } from '../../core/queries/runs.ts'

/** Whether a run can be taken back; `none`: it changed nothing, or is no sweep that has ended. */
export type TakeBackOffer = 'possible' | 'tooOld' | 'none'

/** As vigie.start_revert has it, which decides; this only keeps the page from offering what it would refuse. */
export function offerTakeBack(run: Run, revertDays: number, now: Instant): TakeBackOffer {
  const hasEnded = run.outcome !== null || run.isStale
  if (run.job !== 'sweep' || run.isPreview || run.outcome === 'held' || !hasEnded) return 'none'
  if (run.deactivated + run.disabled === 0) return 'none'
  return daysBetween(run.finishedAt ?? run.startedAt, now) >= revertDays ? 'tooOld' : 'possible'
}
