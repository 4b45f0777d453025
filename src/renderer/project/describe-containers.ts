import type { TimelineEvent } from '../../core/queries/timeline.ts'
import type { Words } from '../i18n/en.ts'

/** What became of a project's containers: how many, after how long, and what went wrong. Empty for other events. */
export function describeContainers({ kind, after }: TimelineEvent, { project: words }: Words): string[] {
  const { containers, afterSeconds, action, code } = after ?? {}
  if (typeof containers !== 'number') return []
  if (kind === 'container_failed') {
    return [
      typeof code === 'string'
        ? words.containerProblem(containers, String(action), code)
        : words.containers(containers),
    ]
  }
  if (kind === 'containers_started' && typeof afterSeconds === 'number') {
    return [words.containers(containers), words.containersUpAfter(afterSeconds)]
  }
  const isTold = kind === 'containers_started' || kind === 'containers_stopped' || kind === 'containers_removed'
  return isTold ? [words.containers(containers)] : []
}
