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

export interface SettlerOptions extends SettleRetries {
  /** Outcomes that are worth a statement. */
  readonly groupSize: number
}

/** So long an outcome waits for others; short beside what a server takes to answer from afar. */
const groupMs = 5

/**
 * Writes outcomes in groups, one statement at a time: a group is written once it has `groupSize` outcomes, or some
 * milliseconds after its first one. Whoever sent a mail waits for its commit, so that no more than the senders'
 * concurrency is ever sent and not yet on record; with groups of half of it, the other half goes on sending while a group
 * is committed.
 */
export function createSettler(context: Context, leaseId: string, options: SettlerOptions): Settler {
  let waiting: { outcome: MailOutcome; resolve: () => void; reject: (error: unknown) => void }[] = []
  let isWriting = false
  let timer: ReturnType<typeof setTimeout> | null = null
  const total = { sent: 0, failed: 0, retried: 0, dead: 0, released: 0 }

  function writeInTime(): void {
    if (isWriting || waiting.length === 0) return
    if (waiting.length >= options.groupSize) void write()
    else timer ??= setTimeout(() => void write(), groupMs)
  }

  async function write(): Promise<void> {
    if (timer !== null) clearTimeout(timer)
    timer = null
    isWriting = true
    const group = waiting
    waiting = []
    try {
      const settled = await settleStubbornly(group.map(({ outcome }) => outcome))
      for (const key of ['sent', 'failed', 'retried', 'dead', 'released'] as const) total[key] += settled[key]
      for (const { resolve } of group) resolve()
    } catch (error) {
      for (const { reject } of group) reject(error)
    }
    isWriting = false
    writeInTime()
  }

  /** What a server has accepted must be on record: the database may be away for a while. */
  async function settleStubbornly(outcomes: readonly MailOutcome[]): Promise<Settled> {
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await settleMails(context.sql, leaseId, outcomes)
      } catch (error) {
        if (attempt >= options.times) {
          const { code } = databaseErrorOf(error)
          context.log.error({ code, mails: outcomes.map(({ id }) => id) }, 'What became of mails could not be written.')
          throw error
        }
        await sleep(options.delayMs)
      }
    }
  }

  return {
    settle: (outcome) =>
      new Promise((resolve, reject) => {
        waiting.push({ outcome, resolve, reject })
        writeInTime()
      }),
    counts: () => ({ ...total }),
  }
}
