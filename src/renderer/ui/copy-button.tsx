import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useWords } from '../i18n/language.tsx'
import classes from './copy-button.module.css'
import { copyText } from './copy-text.ts'

/** How long it says that it was copied. */
const saidMs = 2_500

interface CopyButtonProps {
  readonly text: string
  /** What is copied, for those who don't see beside what the button stands. */
  readonly label: string
  /** Shown on the button; without it, the icon alone. */
  readonly children?: string
}

/** Copies a text, and says so beside the button; also when the browser refuses. */
export function CopyButton({ text, label, children }: CopyButtonProps) {
  const { copy: words } = useWords().panel
  const [outcome, setOutcome] = useState<'copied' | 'refused' | null>(null)
  useEffect(() => {
    if (outcome !== 'copied') return
    const timer = window.setTimeout(() => setOutcome(null), saidMs)
    return () => window.clearTimeout(timer)
  }, [outcome])
  const copy = async () => {
    setOutcome(null)
    setOutcome((await copyText(text)) ? 'copied' : 'refused')
  }
  const Icon = outcome === 'copied' ? IconCheck : IconCopy
  return (
    <span className={classes.copy}>
      <button
        type="button"
        className={classes.button}
        data-named={children !== undefined}
        aria-label={children === undefined ? label : undefined}
        title={label}
        onClick={() => void copy()}
      >
        <Icon size={14} stroke={1.8} aria-hidden={true} />
        {children}
      </button>
      <span role="status" className={classes.outcome} data-outcome={outcome}>
        {outcome === 'copied' && words.done}
        {outcome === 'refused' && words.refused}
      </span>
    </span>
  )
}
