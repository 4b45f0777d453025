import type { Ref } from 'react'
import type { MailRow } from '../../core/queries/mails.ts'
import type { KeysetWindow } from '../data/keyset-window.ts'
import { useWords } from '../i18n/language.tsx'
import { allMails, formatRoute, type MailRoute, sweepsStart } from '../route.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { type GridHandle, VirtualGrid } from '../ui/virtual-grid.tsx'
import { navigate } from '../window-route.ts'
import { useMailColumns } from './mail-columns.tsx'
import classes from './mail-list.module.css'

interface MailListProps {
  readonly route: MailRoute
  readonly rows: KeysetWindow<MailRow>
  readonly total: number | null
  readonly onOpen: (mailId: number, how: 'pointer' | 'keyboard') => void
  readonly handle: Ref<GridHandle>
}

/** The outbox, latest first. While a mail is open beside it, the arrow keys leaf through the list. */
export function MailList({ route, rows, total, onOpen, handle }: MailListProps) {
  const { mail } = useWords()
  const columns = useMailColumns(route)
  return (
    <div className={classes.list}>
      <VirtualGrid
        label={mail.list}
        columns={columns}
        lineClass={classes.line}
        rows={rows}
        keyOf={(row) => String(row.id)}
        total={total}
        openKey={route.mailId === null ? null : String(route.mailId)}
        onOpen={(row, how) => onOpen(row.id, how)}
        onMove={(row) => {
          if (route.mailId !== null) navigate({ ...route, mailId: row.id }, 'replace')
        }}
        listKey={route.status ?? 'all'}
        handle={handle}
        empty={
          route.status === null ? (
            <EmptyState title={mail.emptyOutbox} action={<a href={formatRoute(sweepsStart)}>{mail.toPreview}</a>} />
          ) : (
            <EmptyState title={mail.empty} action={<a href={formatRoute(allMails)}>{mail.showAll}</a>} />
          )
        }
      />
    </div>
  )
}
