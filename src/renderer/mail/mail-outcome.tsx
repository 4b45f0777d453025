import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { type MailData, useTRPC } from '../data/trpc.ts'
import { useFormats, useWords } from '../i18n/language.tsx'
import { Card } from '../ui/card.tsx'
import { useNow } from '../ui/clock.ts'
import { InlineError } from '../ui/error-panel.tsx'
import { TimedSentence } from '../ui/times.tsx'
import classes from './mail-panel.module.css'
import { actsOf, explainMail } from './mail-state.ts'

/** What became of a mail, what the server said, and what can be done about it, each act with what it will do. */
export function MailOutcome({ mail, isReadOnly }: { mail: MailData; isReadOnly: boolean }) {
  const { mail: words } = useWords()
  const formats = useFormats()
  const now = useNow('second')
  return (
    <Card title={words.outcome} aside={<span className="muted">{words.number(mail.id)}</span>}>
      <div className={classes.outcome}>
        <p aria-live="polite">
          <TimedSentence
            text={explainMail(mail, now, words.state, formats.exact)}
            times={[mail.endedAt, mail.createdAt, mail.dueAt]}
          />
        </p>
        {mail.answer !== null && (
          <blockquote className={classes.answer} aria-label={words.answer}>
            <bdi>{mail.answer.message}</bdi>
            {!mail.answer.message.startsWith(mail.answer.code) && <code className="mono">{mail.answer.code}</code>}
          </blockquote>
        )}
        <Acts mail={mail} isReadOnly={isReadOnly} />
      </div>
    </Card>
  )
}

function Acts({ mail, isReadOnly }: { mail: MailData; isReadOnly: boolean }) {
  const trpc = useTRPC()
  const { mail: words } = useWords()
  const now = useNow('second')
  const queryClient = useQueryClient()
  // Also of a refusal: what is shown was no longer so.
  const onSettled = () => queryClient.invalidateQueries(trpc.mail.pathFilter())
  const retry = useMutation(trpc.mail.retry.mutationOptions({ onSettled }))
  const cancel = useMutation(trpc.mail.cancel.mutationOptions({ onSettled }))
  const { retry: kind, canCancel } = actsOf(mail, now)
  const error = retry.error ?? cancel.error
  if (kind === null && !canCancel) return error !== null && <InlineError error={error} />
  const { address, id: mailId } = mail
  const cancelEffect = mail.projectId === null ? words.cancelDigestEffect : words.cancelEffect
  const isRunning = retry.isPending || cancel.isPending
  const start = (mutation: { mutate: (input: { mailId: number }) => void }) => {
    retry.reset()
    cancel.reset()
    if (!isRunning) mutation.mutate({ mailId })
  }
  return (
    <div className={classes.acts}>
      {error !== null && <InlineError error={error} />}
      {kind !== null && (
        <Act effect={kind === 'again' ? words.retryEffect(address) : words.tryNowEffect(address)}>
          <Button disabled={isReadOnly} aria-disabled={isRunning} onClick={() => start(retry)}>
            {retry.isPending ? words.working : kind === 'again' ? words.retry : words.tryNow}
          </Button>
        </Act>
      )}
      {canCancel && (
        <Act effect={cancelEffect(address)}>
          <Button variant="default" disabled={isReadOnly} aria-disabled={isRunning} onClick={() => start(cancel)}>
            {cancel.isPending ? words.working : words.cancel}
          </Button>
        </Act>
      )}
      {isReadOnly && <p className="muted">{words.readOnly}</p>}
    </div>
  )
}

function Act({ effect, children }: { effect: string; children: ReactNode }) {
  return (
    <div className={classes.act}>
      {children}
      <p className="muted">{effect}</p>
    </div>
  )
}
