import type { Database } from '../context.ts'
import { type Lease, leaseMails } from './outbox.ts'
import { type AddressedFacts, readMailFacts, readMailSettings } from './read-facts.ts'
import type { MailSettings } from './templates/mail-facts.ts'

/** A mail that was leased and not begun. */
export interface StockedMail {
  readonly facts: AddressedFacts
  readonly settings: MailSettings
  /** Later than this it must not be begun, by the clock of {@link StockOptions.nowMs}. */
  readonly beginByMs: number
}

export interface StockOptions {
  readonly sql: Database
  readonly leaseId: string
  readonly platformUrl: string | null
  /** Mails per lease. */
  readonly batchSize: number
  /** How long after its lease was asked for a mail may be begun. */
  readonly freshMs: number
  readonly nowMs: () => number
  /** Whether it may lease again; the first lease is always taken, and what is leased is always handed out. */
  readonly mayLeaseMore: () => boolean
}

export interface Stock {
  /** The next mail, after a wait for a lease if need be; null when there is none any more. Never rejects. */
  readonly next: () => Promise<StockedMail | null>
  /** What all leases came to; `stoppedBy` is the last one's. */
  readonly counts: () => Omit<Lease, 'ids'> & { readonly leased: number }
  /** Why it could lease no more: an error of the database's. */
  readonly failure: () => unknown
}

/**
 * The mails of one pass between their lease and their attempt. The next lease is taken while half of the last one still
 * waits, so that those who send never wait for the database, and little is held that a pause or a stop would give back.
 */
export function createStock(options: StockOptions): Stock {
  const { sql, leaseId, batchSize, nowMs } = options
  const waiting: StockedMail[] = []
  const total = { leased: 0, cancelled: 0, digested: 0 }
  let stoppedBy: Lease['stoppedBy'] = null
  /** Whether it leases no more. */
  let isDone = false
  let failure: unknown
  let leasing: Promise<void> | null = null
  let isFirst = true

  async function lease(): Promise<void> {
    isFirst = false
    try {
      const beginByMs = nowMs() + options.freshMs
      const { ids, ...counts } = await leaseMails(sql, leaseId, batchSize)
      total.leased += ids.length
      total.cancelled += counts.cancelled
      total.digested += counts.digested
      stoppedBy = counts.stoppedBy
      isDone = ids.length < batchSize
      if (ids.length === 0) return
      const [settings, all] = await Promise.all([readMailSettings(sql, options.platformUrl), readMailFacts(sql, ids)])
      waiting.push(...all.map((facts) => ({ facts, settings, beginByMs })))
    } catch (error) {
      failure = error
      isDone = true
    } finally {
      leasing = null
    }
  }

  function isTimeToLease(): boolean {
    if (leasing !== null || isDone || waiting.length > batchSize / 2) return false
    return isFirst || options.mayLeaseMore()
  }

  return {
    async next() {
      for (;;) {
        const mail = waiting.shift()
        if (isTimeToLease()) leasing = lease()
        if (mail !== undefined) return mail
        if (leasing === null) return null
        await leasing
      }
    },
    counts: () => ({ ...total, stoppedBy }),
    failure: () => failure,
  }
}
