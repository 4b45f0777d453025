import type { ReactNode } from 'react'
import classes from './panels.module.css'

/** Says that there is nothing, why, and what to do about it. */
export function EmptyState({ title, hint, action }: { title: string; hint?: string; action?: ReactNode }) {
  return (
    <div className={classes.empty}>
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
