import { useEffect, useRef } from 'react'
import { useWords } from '../i18n/language.tsx'
import type { ProjectMarking } from './use-marking.ts'

/** Above the checkboxes: marks what is loaded of the list, or unmarks it. */
export function MarkLoaded({ marking }: { marking: Pick<ProjectMarking, 'loaded' | 'toggleLoaded'> }) {
  const { bulk } = useWords()
  const box = useRef<HTMLInputElement>(null)
  const { isAll, isSome } = marking.loaded
  useEffect(() => {
    if (box.current) box.current.indeterminate = isSome && !isAll
  }, [isSome, isAll])
  return (
    <input ref={box} type="checkbox" aria-label={bulk.markLoaded} checked={isAll} onChange={marking.toggleLoaded} />
  )
}
