import type { ProjectStatus } from '../../core/project.ts'
import { useWords } from '../i18n/language.tsx'
import classes from './badges.module.css'
import { statusLooks } from './status-looks.ts'

interface StatusBadgeProps {
  readonly status: ProjectStatus
  /** `line`: icon and word alone, for rows; `pill`: with a ground, for headings. */
  readonly look?: 'line' | 'pill'
}

/** A project's status, as colour, icon and word. */
export function StatusBadge({ status, look = 'line' }: StatusBadgeProps) {
  const words = useWords()
  const { tone } = statusLooks[status]
  return (
    <span className={`${classes.badge} ${classes[tone]} ${look === 'pill' ? classes.pill : ''}`} data-status={status}>
      <StatusIcon status={status} />
      <span className={status === 'deleted' ? classes.struck : classes.word}>{words.status[status]}</span>
    </span>
  )
}

export function StatusIcon({ status, size = 14 }: { status: ProjectStatus; size?: number }) {
  const { icon: Icon, tone, scale } = statusLooks[status]
  return (
    <span className={`${classes.icon} ${classes[tone]}`} style={{ width: size, height: size }}>
      <Icon size={Math.round(size * scale)} stroke={2} aria-hidden={true} />
    </span>
  )
}
