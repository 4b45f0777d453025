/**
 * Delivery: one pass over what waits in the outbox, for some seconds.
 *
 * Trigger: the sender of a process (main/mail/sender.ts); a person (`mail deliver --once`).
 * Guarantees: no mail is lost; each is sent once, unless its sender dies between the server's yes and its commit: then it
 * is sent again after its lease, with the same Message-ID; at most `concurrency` mails can be in that gap. What is
 * no longer true is cancelled before. One mail that fails never holds up the others.
 * Pace: the next lease is taken while the last one is being sent (stock.ts), and outcomes are committed in groups while
 * the other slots send (settler.ts), so that neither waits for the database.
 * Locks: those of vigie.lease_mails and vigie.settle_mails, for the time of one statement; none while it talks to a server.
 */
import type { Context } from '../context.ts'
import { type LinkWriter, renderForOwner } from '../owners-link/write-links.ts'
import { isMailAddress } from './address.ts'
import { messageIdOf } from './message-id.ts'
import { type Lease, leaseMs, type MailOutcome, type Settled } from './outbox.ts'
import type { AddressedFacts } from './read-facts.ts'
import { createSettler, type SettleRetries } from './settler.ts'
import { createStock } from './stock.ts'
import type { MailSettings } from './templates/mail-facts.ts'
import type { MailAnswer, MailSender, MailTransport } from './transport.ts'

export interface DeliverOptions {
  readonly sender: MailSender
  /** See {@link MailSettings}. */
  readonly platformUrl: string | null
  /** Absent: mails have no owners' links. */
  readonly linkWriter?: LinkWriter | null
  /** Aborted: what was not begun is given back; what was is waited for. */
  readonly signal: AbortSignal
  /** Makes a new UUID. */
  readonly makeLeaseId: () => string
  /** A clock that is never set back. */
  readonly nowMs: () => number
  /** Mails per lease. */
  readonly batchSize?: number
  /** Mails under way at once. */
  readonly concurrency?: number
  /** After so long an attempt counts as failed. Together with the wait before it, it must end within a lease. */
  readonly sendTimeoutMs?: number
  /**
   * After so long a pass leases no more, and no mail is begun later than that after its lease: a pause is looked at
   * again, and leases stay short.
   */
  readonly passMs?: number
  readonly settleRetries?: SettleRetries
}

const defaults = {
  batchSize: 200,
  concurrency: 20,
  sendTimeoutMs: 60_000,
  passMs: 4_000,
  settleRetries: { times: 20, delayMs: 500 },
}

export interface Delivery extends Settled {
  readonly leased: number
  readonly cancelled: number
  readonly digested: number
  readonly stoppedBy: Lease['stoppedBy']
  /** The server could not be reached or lets nobody in; the rest was given back untried. */
  readonly isServerAway: boolean
}

/** Delivers what is due, lease by lease, until nothing is or the pass is over. Errors: those of the database. */
export async function deliverMails(
  context: Context,
  transport: MailTransport,
  options: DeliverOptions,
): Promise<Delivery> {
  const { batchSize, concurrency, sendTimeoutMs, passMs, settleRetries } = { ...defaults, ...options }
  const { sql, log } = context
  const { signal, nowMs, platformUrl } = options
  const leaseId = options.makeLeaseId()
  const endMs = nowMs() + passMs
  const freshMs = Math.min(passMs, leaseMs - sendTimeoutMs - leaseMarginMs)
  let isServerAway = false
  /** Attempts in a row to which the server said nothing at all. */
  let speechless = 0
  const mayGoOn = () => !signal.aborted && !isServerAway
  const mayLeaseMore = () => mayGoOn() && nowMs() < endMs
  const stock = createStock({ sql, leaseId, platformUrl, batchSize, freshMs, nowMs, mayLeaseMore })
  const settler = createSettler(context, leaseId, { ...settleRetries, groupSize: Math.ceil(concurrency / 2) })

  await allDone(Array.from({ length: concurrency }, work))
  const delivery = { ...stock.counts(), ...settler.counts(), isServerAway }
  if (delivery.leased > 0) log.info(delivery, 'Mails were delivered.')
  if (stock.failure() !== undefined) throw stock.failure()
  return delivery

  async function work(): Promise<void> {
    for (let mail = await stock.next(); mail !== null; mail = await stock.next()) {
      const { facts, settings, beginByMs } = mail
      const isTried = mayGoOn() && nowMs() < beginByMs && facts.projects.length > 0
      const outcome: MailOutcome = isTried ? await attempt(facts, settings) : { id: facts.id, kind: 'released' }
      await settler.settle(outcome)
    }
  }

  async function attempt(facts: AddressedFacts, settings: MailSettings): Promise<MailOutcome> {
    const { id, address } = facts
    let mail: ReturnType<typeof renderForOwner>
    try {
      mail = renderForOwner(facts, settings, options.linkWriter ?? null)
    } catch (error) {
      log.error({ mailId: id, err: error }, 'A mail could not be written; the others go on.')
      return {
        id,
        kind: 'failed',
        code: 'NOT_RENDERED',
        message: 'The mail could not be written. The log has the details.',
      }
    }
    if (!isMailAddress(address)) {
      log.warn({ mailId: id, code: 'NO_ADDRESS' }, 'A mail was not sent: its address is none.')
      return { id, ...mail.kept, kind: 'failed', code: 'NO_ADDRESS', message: 'This is no mail address.' }
    }
    const { sender } = options
    const answer = await sendInTime(
      transport.send({ ...mail.sent, messageId: messageIdOf(id, sender.address), from: sender, to: address }),
    )
    const { code, message } = answer
    if (answer.kind === 'accepted') {
      speechless = 0
      return { id, ...mail.kept, kind: 'sent', code, message }
    }
    speechless = !/^\d{3}$/.test(code) ? speechless + 1 : 0
    isServerAway ||= answer.isServerAway || speechless >= maxSpeechless
    log.warn({ mailId: id, code, isPermanent: answer.isPermanent }, 'A mail was not accepted.')
    return { id, ...mail.kept, kind: answer.isPermanent ? 'failed' : 'retry', code, message }
  }

  async function sendInTime(sending: Promise<MailAnswer>): Promise<MailAnswer> {
    let timer: ReturnType<typeof setTimeout> | undefined
    const late = new Promise<MailAnswer>((resolve) => {
      const message = `The server did not answer within ${sendTimeoutMs / 1000} seconds.`
      timer = setTimeout(() => resolve(notNow('TIMEOUT', message)), sendTimeoutMs)
    })
    try {
      return await Promise.race([sending, late])
    } catch (error) {
      return notNow('TRANSPORT_FAILED', error instanceof Error ? error.message : String(error))
    } finally {
      clearTimeout(timer)
    }
  }
}

/** A server that closes or forgets every connection is away, though it can be reached. */
const maxSpeechless = 5

/** For the statements before and after an attempt. */
const leaseMarginMs = 10_000

function notNow(code: string, message: string): MailAnswer {
  return { kind: 'refused', isPermanent: false, isServerAway: false, code, message }
}

/** Waits for all, also when one fails, so that nothing goes on behind the caller's back; then throws the first failure. */
async function allDone(works: readonly Promise<void>[]): Promise<void> {
  const results = await Promise.allSettled(works)
  const failed = results.find((result) => result.status === 'rejected')
  if (failed !== undefined) throw failed.reason
}
