import { IconFolder, IconServer } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { type MailStatus, mailStatuses } from '../../core/mail/outbox.ts'
import type { MailCounts } from '../../core/queries/mails.ts'
import { useTRPC } from '../data/trpc.ts'
import { useFormats, useWords } from '../i18n/language.tsx'
import { formatRoute, type MailRoute } from '../route.ts'
import links from '../ui/status-links.module.css'
import { MailStatusIcon } from './mail-badge.tsx'
import classes from './mail-toolbar.module.css'
import { RetryDead } from './retry-dead.tsx'
import { writeCount } from './write-count.ts'

interface MailToolbarProps {
  readonly route: MailRoute
  /** Undefined until they are known. */
  readonly counts: MailCounts | undefined
  readonly isReadOnly: boolean
}

/** Where mails go, whether somebody sends them, and what the list is narrowed to. */
export function MailToolbar({ route, counts, isReadOnly }: MailToolbarProps) {
  const { mail } = useWords()
  const formats = useFormats()
  const choices: readonly (MailStatus | null)[] = [null, ...mailStatuses]
  return (
    <div className={classes.toolbar}>
      <div className={classes.head}>
        <Target />
        <RetryDead dead={counts?.dead ?? 0} isReadOnly={isReadOnly} />
      </div>
      <NobodySends queued={counts?.queued ?? 0} />
      <nav className={links.statuses} aria-label={mail.filter}>
        {choices.map((status) => (
          <a
            key={status ?? 'all'}
            className={links.status}
            href={formatRoute({ ...route, status, mailId: null })}
            aria-current={status === route.status ? 'true' : undefined}
            title={status === null ? undefined : mail.statusHint[status]}
          >
            {status !== null && <MailStatusIcon status={status} size={13} />}
            {status === null ? mail.all : mail.status[status]}
            {counts && status !== null && (
              <span className={links.count}>{writeCount(counts[status], mail, formats.number)}</span>
            )}
          </a>
        ))}
      </nav>
    </div>
  )
}

function Target() {
  const trpc = useTRPC()
  const { mail } = useWords()
  const { data: target } = useQuery(trpc.mail.target.queryOptions(undefined, { staleTime: Number.POSITIVE_INFINITY }))
  if (target === undefined) return <p className={classes.target} />
  const Icon = target.kind === 'smtp' ? IconServer : IconFolder
  return (
    <p className={classes.target} title={mail.targetHint}>
      <Icon size={15} stroke={1.7} aria-hidden={true} />
      <span>
        {target.kind === 'smtp' ? mail.targetServer : mail.targetFolder}{' '}
        <bdi className={`mono ${classes.label}`}>{target.label}</bdi>
      </span>
    </p>
  )
}

/** Mails wait for ever where no agent sends them. */
function NobodySends({ queued }: { queued: number }) {
  const trpc = useTRPC()
  const { mail } = useWords()
  const formats = useFormats()
  const { data: agents } = useQuery(trpc.agents.list.queryOptions(undefined, { refetchInterval: 30_000 }))
  const isSent = agents === undefined || agents.some((agent) => agent.isAlive && agent.parts.includes('mail'))
  if (queued === 0 || isSent) return null
  return <p className={classes.nobody}>{mail.nobodySends(writeCount(queued, mail, formats.number))}</p>
}
