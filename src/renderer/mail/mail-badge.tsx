import type { MailStatus } from '../../core/mail/outbox.ts'
import { useWords } from '../i18n/language.tsx'
import classes from '../ui/badges.module.css'
import { mailLooks } from './mail-looks.ts'

interface MailBadgeProps {
  readonly status: MailStatus
  /** `line`: icon and word alone, for rows; `pill`: with a ground, for headings. */
  readonly look?: 'line' | 'pill'
}

/** A mail's status, as colour, icon and word. */
export function MailBadge({ status, look = 'line' }: MailBadgeProps) {
  const { mail } = useWords()
  const { tone } = mailLooks[status]
  return (
    <span
      className={`${classes.badge} ${classes[tone]} ${look === 'pill' ? classes.pill : ''}`}
      data-status={status}
      title={mail.statusHint[status]}
    >
      <MailStatusIcon status={status} />
      <span className={classes.word}>{mail.status[status]}</span>
    </span>
  )
}

export function MailStatusIcon({ status, size = 14 }: { status: MailStatus; size?: number }) {
  const { icon: Icon, tone } = mailLooks[status]
  return (
    <span className={`${classes.icon} ${classes[tone]}`} style={{ width: size, height: size }}>
      <Icon size={size} stroke={2} aria-hidden={true} />
    </span>
  )
}
