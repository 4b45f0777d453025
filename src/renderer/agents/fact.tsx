import type { ReactNode } from 'react'
import type { Instant } from '../../core/instant.ts'
import { useWords } from '../i18n/language.tsx'
import { RelativeTime } from '../ui/times.tsx'

/** A name and its value, within a `dl`. */
export function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  )
}

/** What to type where something is missing; the paths are examples. */
export function Example({ text }: { text: string }) {
  return <code className="mono">{text}</code>
}

/** How long ago, or never. */
export function When({ at }: { at: Instant | null }) {
  const { agents: words } = useWords()
  return at === null ? words.never : <RelativeTime at={at} />
}

/** Something that went wrong, in the words of whoever noticed it. */
export function Problem({ error }: { error: { readonly code: string; readonly message: string } }) {
  return (
    <>
      <bdi>{error.message}</bdi> <code className="mono">{error.code}</code>
    </>
  )
}
