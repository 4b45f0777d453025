import type { TimelineMail } from '../../core/queries/timeline.ts'
import { useFormats, useWords } from '../i18n/language.tsx'
import { MailBadge } from '../mail/mail-badge.tsx'
import { allMails, formatRoute } from '../route.ts'
import classes from './timeline.module.css'

/** Who was told of an event by mail, and what became of each mail; of one that a digest tells, of the digest. */
export function TimelineMails({ mails }: { mails: readonly TimelineMail[] }) {
  const { mail: words } = useWords()
  const formats = useFormats()
  if (mails.length === 0) return null
  return (
    <ul className={classes.mails} aria-label={words.timeline}>
      {mails.map(({ id, address, status, digestId, endedAt }) => (
        <li key={id} className={classes.mail}>
          <a
            href={formatRoute({ ...allMails, mailId: id })}
            title={endedAt === null ? undefined : `${formats.exact(endedAt)}\n${formats.utc(endedAt)}`}
          >
            <bdi>{address}</bdi>
          </a>
          <MailBadge status={status} />
          {digestId !== null && status !== 'digested' && <span className="muted">{words.inDigest}</span>}
        </li>
      ))}
    </ul>
  )
}
