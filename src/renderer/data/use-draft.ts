import { useState } from 'react'

/** What is being typed, by form. In memory alone: it is gone with the window. */
const drafts = new Map<string, string>()

export interface Draft {
  readonly text: string
  readonly type: (text: string) => void
  /** For when it was sent or given up. */
  readonly forget: () => void
}

/**
 * A text that somebody types, kept while the window lives: neither an error, a reconnect, another language nor a look
 * elsewhere loses it. `key`: the form and what it is about; null for one that is never left.
 */
export function useDraft(key: string | null): Draft {
  const [text, setText] = useState(() => (key === null ? undefined : drafts.get(key)) ?? '')
  return {
    text,
    type(next) {
      if (key !== null) drafts.set(key, next)
      setText(next)
    },
    forget() {
      if (key !== null) drafts.delete(key)
      setText('')
    },
  }
}
