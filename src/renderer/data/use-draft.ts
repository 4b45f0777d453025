import { useState } from 'react'
import { keepText, readText } from './kept-text.ts'

export interface Draft {
  readonly text: string
  readonly type: (text: string) => void
  /** For when it was sent or given up. */
  readonly forget: () => void
}

/**
 * A text that somebody types, kept while the window lives: neither an error, a reconnect, another language, a look
 * elsewhere nor a reload loses it. `key`: the form and what it is about; null for one that is never left.
 */
export function useDraft(key: string | null): Draft {
  const [text, setText] = useState(() => (key === null ? '' : readText(key)))
  return {
    text,
    type(next) {
      if (key !== null) keepText(key, next)
      setText(next)
    },
    forget() {
      if (key !== null) keepText(key, '')
      setText('')
    },
  }
}
