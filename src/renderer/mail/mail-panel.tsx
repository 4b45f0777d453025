import { useQuery } from '@tanstack/react-query'
import { type MailData, useTRPC } from '../data/trpc.ts'
import { useFormats, useWords } from '../i18n/language.tsx'
import { allMails, formatRoute, routeOfRun } from '../route.ts'
import { Card } from '../ui/card.tsx'
import { QueryView } from '../ui/query-view.tsx'
import { SidePanel } from '../ui/side-panel.tsx'
import { ExactTime } from '../ui/times.tsx'
import { MailBadge } from './mail-badge.tsx'
import { MailOutcome } from './mail-outcome.tsx'
import classes from './mail-panel.module.css'
import { MailProjectLink } from './mail-project-link.tsx'
import { RenderedMail } from './rendered-mail.tsx'

interface MailPanelProps {
  readonly mailId: number
  readonly isReadOnly: boolean
  readonly onClose: () => void
}

/** One mail: what became of it, what can be done, how it looks. */
export function MailPanel({ mailId, isReadOnly, onClose }: MailPanelProps) {
  const trpc = useTRPC()
  const { mail: words } = useWords()
  const query = useQuery(trpc.mail.get.queryOptions({ mailId }, { refetchOnMount: 'always' }))
  return (
    <SidePanel
      title={query.data && words.template[query.data.template]}
      badge={query.data && <MailBadge status={query.data.status} look="pill" />}
      isRefreshing={query.isFetching && query.data !== undefined}
      closeLabel={words.close}
      onClose={onClose}
    >
      <QueryView query={query}>
        {(mail) => (
          <div className={classes.body}>
            <MailOutcome mail={mail} isReadOnly={isReadOnly} />
            <RenderedMail mail={mail} />
            <Facts mail={mail} />
          </div>
        )}
      </QueryView>
    </SidePanel>
  )
}

function Facts({ mail }: { mail: MailData }) {
  const { mail: words } = useWords()
  const formats = useFormats()
  return (
    <Card title={words.facts}>
      <dl className={classes.facts}>
        <div>
          <dt>{words.columns.project}</dt>
          <dd>
            <MailProjectLink mail={mail} />
          </dd>
        </div>
        {mail.runId !== null && (
          <div>
            <dt>{words.sweep}</dt>
            <dd>
              <a href={formatRoute(routeOfRun(mail.runId))}>{mail.runId}</a>
            </dd>
          </div>
        )}
        {mail.digestId !== null && (
          <div>
            <dt>{words.status.digested}</dt>
            <dd>
              <a href={formatRoute({ ...allMails, mailId: mail.digestId })}>{words.openDigest(mail.digestId)}</a>
            </dd>
          </div>
        )}
        <div>
          <dt>{words.queuedAt}</dt>
          <dd>
            <ExactTime at={mail.createdAt} />
          </dd>
        </div>
        {mail.endedAt !== null && (
          <div>
            <dt>{words.endedAt}</dt>
            <dd>
              <ExactTime at={mail.endedAt} />
            </dd>
          </div>
        )}
        <div>
          <dt>{words.attempts}</dt>
          <dd>{formats.number(mail.attempts)}</dd>
        </div>
        <div>
          <dt>Message-ID</dt>
          <dd className="mono" title={words.targetHint}>
            {`<${mail.messageId}>`}
          </dd>
        </div>
      </dl>
    </Card>
  )
}
