import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { type MailCounts, mailCountLimit } from '../../core/queries/mails.ts'
import { useTRPC } from '../data/trpc.ts'
import { useWords } from '../i18n/language.tsx'
import { MailList } from '../mail/mail-list.tsx'
import { MailPanel } from '../mail/mail-panel.tsx'
import { MailToolbar } from '../mail/mail-toolbar.tsx'
import { useMailRows } from '../mail/use-mail-rows.ts'
import type { MailRoute } from '../route.ts'
import { useListKeys } from '../ui/use-list-keys.ts'
import type { GridHandle } from '../ui/virtual-grid.tsx'
import { navigate } from '../window-route.ts'
import classes from './list-and-panel.module.css'

/** The outbox, and beside it (from 1200 px; below, in its place) the mail that is open. */
export function MailPage({ route, isReadOnly }: { route: MailRoute; isReadOnly: boolean }) {
  const trpc = useTRPC()
  const { mail } = useWords()
  const grid = useRef<GridHandle>(null)
  const panel = useRef<HTMLElement>(null)
  const { data: counts } = useQuery(trpc.mail.counts.queryOptions(undefined, { refetchOnMount: 'always' }))
  const rows = useMailRows(route)

  const close = () => {
    navigate({ ...route, mailId: null })
    grid.current?.focus()
  }
  useListKeys(route.mailId !== null ? { close } : {})

  const isPanelWanted = useRef(false)
  useEffect(() => {
    if (route.mailId !== null && isPanelWanted.current) panel.current?.focus()
    isPanelWanted.current = false
  }, [route.mailId])

  return (
    <div className={classes.page} data-open={route.mailId !== null}>
      <div className={classes.list}>
        <MailToolbar route={route} counts={counts} isReadOnly={isReadOnly} />
        <MailList
          route={route}
          rows={rows}
          total={rows.isComplete ? rows.end : totalOf(route, counts)}
          onOpen={(mailId, how) => {
            isPanelWanted.current = how === 'keyboard'
            navigate({ ...route, mailId })
            if (mailId === route.mailId && how === 'keyboard') panel.current?.focus()
          }}
          handle={grid}
        />
        <p className="unseen">{mail.keys}</p>
      </div>
      <aside ref={panel} className={classes.panel} tabIndex={-1} aria-label={mail.title} hidden={route.mailId === null}>
        {route.mailId !== null && (
          <MailPanel key={route.mailId} mailId={route.mailId} isReadOnly={isReadOnly} onClose={close} />
        )}
      </aside>
    </div>
  )
}

/** Null: more than are counted. */
function totalOf({ status }: MailRoute, counts: MailCounts | undefined): number | null {
  if (counts === undefined) return null
  const counted = status === null ? Object.values(counts) : [counts[status]]
  return counted.some((mails) => mails >= mailCountLimit) ? null : counted.reduce((sum, mails) => sum + mails, 0)
}
