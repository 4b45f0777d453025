/**
 * The outbox: mails wait in `vigie.mail`, written in the transaction of what they tell of, until a sender has leased,
 * sent and settled them. All of it is decided by functions in the database (migrations/functions/lease-mails.sql,
 * settle-mails.sql, retry-mails.sql, cancel-mail.sql); any number of senders may run.
 */
import type { Database } from '../context.ts'
import { VigieError } from '../errors.ts'

export const mailStatuses = ['queued', 'sent', 'failed', 'dead', 'cancelled', 'digested'] as const
export type MailStatus = (typeof mailStatuses)[number]

/** How long a lease lasts (migrations/functions/lease-mails.sql). */
export const leaseMs = 120_000

export interface Lease {
  readonly ids: readonly number[]
  /** No longer true. */
  readonly cancelled: number
  /** Taken up by digests. */
  readonly digested: number
  /** Why there is not more, although more may wait; null: nothing else is due. */
  readonly stoppedBy: 'pause' | 'gap' | 'rate' | null
}

/** Takes at most `maxMails` for two minutes, under an id of the sender's. */
export async function leaseMails(sql: Database, leaseId: string, maxMails: number): Promise<Lease> {
  const [row] = await sql<{ lease: Lease }[]>`select vigie.lease_mails(${leaseId}, ${maxMails}) as lease`
  if (row === undefined) throw new Error('lease_mails returned nothing')
  return row.lease
}

export interface MailOutcome {
  readonly id: number
  readonly kind: 'sent' | 'failed' | 'retry' | 'released'
  readonly code?: string
  readonly message?: string
  readonly subject?: string
  readonly text?: string
  readonly html?: string
}

export interface Settled {
  readonly sent: number
  readonly failed: number
  readonly retried: number
  readonly dead: number
  readonly released: number
}

/** Writes what became of leased mails. Those that another sender has taken since are left alone and not counted. */
export async function settleMails(sql: Database, leaseId: string, outcomes: readonly MailOutcome[]): Promise<Settled> {
  const plain = outcomes.map((outcome) => ({ ...outcome }))
  const [row] = await sql<{ settled: Settled }[]>`
    select vigie.settle_mails(${leaseId}, ${sql.json(plain)}) as settled`
  if (row === undefined) throw new Error('settle_mails returned nothing')
  return row.settled
}

/** Queues one mail anew. Errors: MAIL_NOT_FOUND; MAIL_NOT_FAILED for what is neither refused, given up nor waiting. */
export async function retryMail(sql: Database, mailId: number): Promise<void> {
  const [row] = await sql<{ retried: number }[]>`
    select cardinality(vigie.retry_mails(${[mailId]}::bigint[])) as retried`
  if (row?.retried === 1) return
  const [mail] = await sql<{ status: MailStatus }[]>`select m.status from vigie.mail m where m.id = ${mailId}`
  if (mail === undefined) throw notFound(mailId)
  throw new VigieError(
    'MAIL_NOT_FAILED',
    `Mail ${mailId} is ${mail.status}. Only mails that were refused or given up can be sent again.`,
    { status: mail.status },
  )
}

/** Queues all mails anew that were refused (`failed`) or given up (`dead`), and returns how many. */
export async function retryMails(sql: Database, statuses: readonly ('failed' | 'dead')[]): Promise<number> {
  const [row] = await sql<{ retried: number }[]>`
    select cardinality(vigie.retry_mails(array(
      select m.id from vigie.mail m where m.status = any (${[...statuses]}::text[])))) as retried`
  return row?.retried ?? 0
}

/** Cancels a mail that waits. Errors: MAIL_NOT_FOUND; MAIL_NOT_WAITING if it has ended or is being sent right now. */
export async function cancelMail(sql: Database, mailId: number): Promise<void> {
  const [row] = await sql<{ answer: { refusal?: 'MAIL_NOT_FOUND' | 'MAIL_NOT_WAITING'; status: MailStatus } }[]>`
    select vigie.cancel_mail(${mailId}) as answer`
  const answer = row?.answer
  if (answer?.refusal === 'MAIL_NOT_FOUND') throw notFound(mailId)
  if (answer?.refusal === 'MAIL_NOT_WAITING') {
    const what = answer.status === 'queued' ? 'is being sent right now' : `is ${answer.status} already`
    throw new VigieError('MAIL_NOT_WAITING', `Mail ${mailId} ${what}. Only mails that wait can be cancelled.`, {
      status: answer.status,
    })
  }
}

export function notFound(mailId: number): VigieError {
  return new VigieError('MAIL_NOT_FOUND', `There is no mail ${mailId}. Check its number.`)
}
