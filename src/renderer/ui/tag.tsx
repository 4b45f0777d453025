import type { ReactNode } from 'react'
import classes from './badges.module.css'
import type { Tone } from './status-looks.ts'

/** A small word on a tinted ground. */
export function Tag({ tone = 'grey', title, children }: { tone?: Tone; title?: string; children: ReactNode }) {
  return (
    <span className={`${classes.badge} ${classes.pill} ${classes[tone]}`} title={title}>
      {children}
    </span>
  )
}
