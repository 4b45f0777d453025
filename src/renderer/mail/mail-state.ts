import { type Instant, instantToMicros } from '../../core/instant.ts'
import type { MailRow } from '../../core/queries/mails.ts'
import type { Words } from '../i18n/en.ts'

type StateFacts = Pick<MailRow, 'status' | 'attempts' | 'isLeased' | 'dueAt' | 'createdAt' | 'endedAt' | 'answer'>

/** What became of a mail, in one sentence. `exact` writes an instant. */
export function explainMail(
  mail: StateFacts,
  now: Instant,
  words: Words['mail']['state'],
  exact: (at: Instant) => string,
): string {
  const ended = exact(mail.endedAt ?? mail.createdAt)
  switch (mail.status) {
    case 'queued':
      // A lease that ran out is that of a sender that is gone.
      if (!isLater(mail.dueAt, now)) return words.waiting
      if (mail.isLeased) return words.sending
      return mail.attempts === 0
        ? words.waitingUntil(exact(mail.dueAt))
        : words.putOff(mail.attempts, exact(mail.dueAt))
    case 'sent':
      return mail.answer?.code === 'CAPTURED' ? words.captured(ended) : words.sent(ended)
    case 'failed':
      return words.failed(ended)
    case 'dead':
      return words.dead(ended, mail.attempts)
    case 'cancelled':
      return words.cancelled(ended)
    case 'digested':
      return words.digested
  }
}

export interface MailActs {
  /** `again`: it had ended; `now`: it waits for its next attempt. */
  readonly retry: 'again' | 'now' | null
  readonly canCancel: boolean
}

/** What a person may do with a mail: the same as vigie.retry_mails and vigie.cancel_mail allow. */
export function actsOf(mail: Pick<MailRow, 'status' | 'attempts' | 'isLeased' | 'dueAt'>, now: Instant): MailActs {
  if (mail.status === 'failed' || mail.status === 'dead') return { retry: 'again', canCancel: false }
  const isPutOff = isLater(mail.dueAt, now)
  if (mail.status !== 'queued' || (mail.isLeased && isPutOff)) return { retry: null, canCancel: false }
  return { retry: mail.attempts > 0 && isPutOff ? 'now' : null, canCancel: true }
}

function isLater(at: Instant, now: Instant): boolean {
  return instantToMicros(at) > instantToMicros(now)
}
