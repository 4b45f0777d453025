import { setTimeout as sleep } from 'node:timers/promises'
import type { Context } from '../context.ts'
import { databaseErrorOf } from '../database-error.ts'
import { type MailOutcome, type Settled, settleMails } from './outbox.ts'

export interface Settler {
  /** Resolves once the outcome is committed, alone or together with others; rejects if the database stays away. */
  readonly settle: (outcome: MailOutcome) => Promise<void>
  readonly counts: () => Settled
}

export interface SettleRetries {
  readonly times: number
  readonly delayMs: number
}

/**
 * Writes outcomes in groups: while one statement is under way, those that come meanwhile wait for the next. Whoever sent
 * a mail waits for its commit, so that no more than the senders' concurrency is ever sent and not yet on record.
 */
export function createSettler(context: Context, leaseId: string, retries: SettleRetries): Settler {
  let waiting: { outcome: MailOutcome; resolve: () => void; reject: (error: unknown) => void }[] = []
  let isWriting = false
  const total = { sent: 0, failed: 0, retried: 0, dead: 0, released: 0 }

  async function write(): Promise<void> {
    isWriting = true
    while (waiting.length > 0) {
      const group = waiting
      waiting = []
      try {
        const settled = await settleStubbornly(group.map(({ outcome }) => outcome))
        for (const key of ['sent', 'failed', 'retried', 'dead', 'released'] as const) total[key] += settled[key]
        for (const { resolve } of group) resolve()
      } catch (error) {
        for (const { reject } of group) reject(error)
      }
    }
    isWriting = false
  }

  /** What a server has accepted must be on record: the database may be away for a while. */
  async function settleStubbornly(outcomes: readonly MailOutcome[]): Promise<Settled> {
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await settleMails(context.sql, leaseId, outcomes)
      } catch (error) {
        if (attempt >= retries.times) {
          const { code } = databaseErrorOf(error)
          context.log.error({ code, mails: outcomes.map(({ id }) => id) }, 'What became of mails could not be written.')
          throw error
        }
        await sleep(retries.delayMs)
      }
    }
  }

  return {
    settle: (outcome) =>
      new Promise((resolve, reject) => {
        waiting.push({ outcome, resolve, reject })
        if (!isWriting) void write()
      }),
    counts: () => ({ ...total }),
  }
}
