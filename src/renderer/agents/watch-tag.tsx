import type { EdgeState, IntakeState } from '../../core/queries/edge-state.ts'
import { useWords } from '../i18n/language.tsx'
import { Tag } from '../ui/tag.tsx'

/** Whether an intake or an edge does its work: alive, silent, or not expected to any more. */
export function WatchTag({ watched }: { watched: Pick<IntakeState | EdgeState, 'isAlive' | 'retiredAt'> }) {
  const { agents: words } = useWords()
  if (watched.retiredAt !== null) return <Tag>{words.retired}</Tag>
  return watched.isAlive ? <Tag tone="green">{words.alive}</Tag> : <Tag tone="red">{words.silent}</Tag>
}
