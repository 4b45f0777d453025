import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { describeError } from '../data/error-details.ts'
import type { ShownError } from '../data/read-error.ts'
import { useTRPC } from '../data/trpc.ts'
import { useWords } from '../i18n/language.tsx'
import { readNow } from './clock.ts'
import { copyText } from './copy-text.ts'
import classes from './panels.module.css'

/** Puts what whoever mends an error has to know of it into the clipboard. */
export function CopyDetails({ error }: { error: ShownError }) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const { details } = useWords().everywhere
  const [copied, setCopied] = useState<boolean | null>(null)
  const copy = async () => {
    const text = describeError(error, {
      about: queryClient.getQueryData(trpc.status.queryKey()),
      at: readNow(),
      hash: window.location.hash,
    })
    setCopied(await copyText(text))
  }
  return (
    <span className={classes.copy}>
      <button type="button" className={classes.copyDetails} onClick={() => void copy()}>
        {details.copy}
      </button>
      <span className="muted" role="status">
        {copied !== null && (copied ? details.copied : details.failed)}
      </span>
    </span>
  )
}
