import type { Run } from '../../core/queries/runs.ts'
import type { Hold } from '../../core/sweep/holds.ts'
import type { DesktopWords } from './words.ts'

/** What a notification says, and the page that a click opens, by its hash (renderer/route.ts). */
export interface Notice {
  readonly title: string
  readonly body: string
  readonly hash: string
}

/** Of a sweep that is held, wherever it ran. */
export function noticeOfHold(hold: Pick<Hold, 'deactivated' | 'disabled'>, words: DesktopWords): Notice {
  return { title: words.held, body: words.heldBody(hold.deactivated, hold.disabled), hash: '#/sweeps' }
}

/**
 * Of a run: null while it goes on, and for what needs nobody's attention. A failure is always told; a sweep that has moved
 * something only to who does not look at the window (`isWatched`), since the page says it.
 */
export function noticeOfRun(
  run: Pick<Run, 'id' | 'job' | 'outcome' | 'isPreview' | 'deactivated' | 'disabled'>,
  isWatched: boolean,
  words: DesktopWords,
): Notice | null {
  const { id, outcome, deactivated, disabled } = run
  const hash = `#/sweeps?view=runs&run=${id}`
  if (outcome === 'failed' || outcome === 'partial') {
    return { title: words.failed(id), body: words.failedBody, hash }
  }
  const isFinished = outcome === 'done' || outcome === 'cancelled'
  const isWorthIt = run.job === 'sweep' && !run.isPreview && deactivated + disabled > 0
  if (!isFinished || !isWorthIt || isWatched) return null
  return { title: words.finished(id), body: words.moved(deactivated, disabled), hash }
}
