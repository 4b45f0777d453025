import { useQuery } from '@tanstack/react-query'
import type { MailStatus } from '../../core/mail/outbox.ts'
import { useTRPC } from '../data/trpc.ts'
import { useFormats, useWords } from '../i18n/language.tsx'
import { MailStatusIcon } from '../mail/mail-badge.tsx'
import { writeCount } from '../mail/write-count.ts'
import { allMails, formatRoute } from '../route.ts'
import { Card } from '../ui/card.tsx'
import { QueryView } from '../ui/query-view.tsx'
import classes from './aside.module.css'

/** What a person may have to look at. */
const shown = ['queued', 'failed', 'dead'] as const satisfies readonly MailStatus[]

/** Which mails wait, were refused or given up. */
export function MailNow() {
  const trpc = useTRPC()
  const { charts, mail } = useWords()
  const formats = useFormats()
  const query = useQuery(trpc.mail.counts.queryOptions())
  return (
    <Card title={charts.mail.title}>
      <QueryView query={query}>
        {(counts) => (
          <ul className={classes.mails}>
            {shown.map((status) => (
              <li key={status}>
                <a href={formatRoute({ ...allMails, status })} title={mail.statusHint[status]}>
                  <MailStatusIcon status={status} size={13} />
                  {mail.status[status]}
                  <strong>{writeCount(counts[status], mail, formats.number)}</strong>
                </a>
              </li>
            ))}
          </ul>
        )}
      </QueryView>
    </Card>
  )
}
