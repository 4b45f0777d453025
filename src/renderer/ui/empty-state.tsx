import type { ReactNode } from 'react'
import classes from './panels.module.css'

interface EmptyStateProps {
  readonly title: string
  readonly hint?: string
  readonly action?: ReactNode
  /** In a card among others, where it takes no more room than a line of what is missing would. */
  readonly isCompact?: boolean
}

/** Says that there is nothing, why, and what to do about it. */
export function EmptyState({ title, hint, action, isCompact = false }: EmptyStateProps) {
  return (
    <div className={isCompact ? classes.emptyCompact : classes.empty}>
      <p className={classes.emptyTitle}>{title}</p>
      {hint !== undefined && <p>{hint}</p>}
      {action}
    </div>
  )
}

/** In the place of something that is on its way. The word shows after a moment, so that quick answers don't flicker. */
export function Loading({ text }: { text: string }) {
  return (
    <p className={`${classes.empty} ${classes.loading}`} aria-live="polite" data-loading>
      {text}
    </p>
  )
}
