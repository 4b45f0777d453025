import { useMemo } from 'react'
import type { MailRow } from '../../core/queries/mails.ts'
import type { Words } from '../i18n/en.ts'
import { useWords } from '../i18n/language.tsx'
import { formatRoute, type MailRoute } from '../route.ts'
import { RelativeTime } from '../ui/times.tsx'
import type { Column } from '../ui/virtual-grid.tsx'
import { MailBadge } from './mail-badge.tsx'
import classes from './mail-list.module.css'
import { MailProjectLink } from './mail-project-link.tsx'

/** The columns of the list. Narrow lists leave some out (mail-list.module.css). */
export function useMailColumns(route: MailRoute): readonly Column<MailRow>[] {
  const { mail } = useWords()
  return useMemo(() => createColumns(route, mail), [route, mail])
}

function createColumns(route: MailRoute, words: Words['mail']): readonly Column<MailRow>[] {
  const { columns } = words
  return [
    {
      id: 'status',
      header: columns.status,
      className: classes.status,
      cell: ({ status }) => <MailBadge status={status} />,
    },
    {
      id: 'to',
      header: columns.to,
      cell: ({ id, address }) => (
        <a className={classes.to} href={formatRoute({ ...route, mailId: id })} tabIndex={-1}>
          <bdi title={address}>{address}</bdi>
        </a>
      ),
    },
    {
      id: 'what',
      header: columns.what,
      className: classes.what,
      cell: ({ template }) => <span title={words.template[template]}>{words.template[template]}</span>,
    },
    { id: 'project', header: columns.project, cell: (row) => <MailProjectLink mail={row} /> },
    {
      id: 'when',
      header: columns.when,
      className: classes.when,
      cell: ({ createdAt }) => <RelativeTime at={createdAt} />,
    },
    { id: 'attempts', header: columns.attempts, className: classes.attempts, cell: ({ attempts }) => attempts },
    {
      id: 'answer',
      header: columns.answer,
      className: classes.answer,
      cell: ({ answer }) => answer && <bdi title={answer.message}>{answer.message}</bdi>,
    },
  ]
}
