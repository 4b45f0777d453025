import { type ReactNode, useId } from 'react'
import classes from './panels.module.css'

interface CardProps {
  readonly title: string
  readonly aside?: ReactNode
  readonly className?: string | undefined
  readonly children: ReactNode
}

/** A titled section on a surface of its own. */
export function Card({ title, aside, className = '', children }: CardProps) {
  const titleId = useId()
  return (
    <section className={`${classes.card} ${className}`} aria-labelledby={titleId}>
      <header className={classes.cardHead}>
        <h2 id={titleId}>{title}</h2>
        {aside}
      </header>
      <div className={classes.cardBody}>{children}</div>
    </section>
  )
}
