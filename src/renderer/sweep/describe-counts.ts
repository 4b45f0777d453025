import type { LeftAlone, Run } from '../../core/queries/runs.ts'
import type { Words } from '../i18n/en.ts'

/** What a run did, in a few numbers: of a preview, what it found; of a held one, what it would have done. Empty for jobs that count nothing. */
export function describeCounts(run: Run, words: Words['runs']): string {
  const { deactivated, disabled, mailsQueued } = run
  if (run.job === 'revert') return words.tookBack(deactivated, disabled, countLeftAlone(run.leftAlone))
  if (run.job === 'cleanup' && run.containersRemoved > 0) return words.containersRemoved(run.containersRemoved)
  if (run.job !== 'sweep') return ''
  if (run.outcome === 'held') return run.hold === null ? '' : words.wouldSweep(run.hold.deactivated, run.hold.disabled)
  if (run.isPreview) return words.wouldSweep(deactivated, disabled)
  return deactivated + disabled === 0 ? words.nothing : words.swept(deactivated, disabled, mailsQueued)
}

export function countLeftAlone(leftAlone: LeftAlone): number {
  return Object.values(leftAlone).reduce((sum, value) => sum + value, 0)
}
