/**
 * The sender of a process: delivers while there is something to deliver.
 *
 * Trigger: its start; NOTIFY of mails, runs and projects; every 30 seconds, for retries, lapsed leases and the rate.
 * Guarantees: those of core/mail/deliver.ts. It outlives the database's and the server's absence. When it is stopped, what
 * is under way is waited for at most 9 seconds, then broken off: its lease lapses, and it is sent again.
 */
import { randomUUID } from 'node:crypto'
import type { Change } from '../../core/change.ts'
import type { Context } from '../../core/context.ts'
import { databaseErrorOf } from '../../core/database-error.ts'
import { type Delivery, deliverMails } from '../../core/mail/deliver.ts'
import { type LinkWriter, readLinkKey } from '../../core/owners-link/write-links.ts'
import type { Mailer } from './open-mailer.ts'

export interface SenderParts extends Context {
  readonly mailer: Mailer
  readonly watchChanges: (signal: AbortSignal) => AsyncIterable<Change>
}

export interface SenderOptions {
  readonly intervalMs?: number
  /** How long it waits when the rate is used up or mail is paused. */
  readonly stoppedIntervalMs?: number
  readonly stopTimeoutMs?: number
  readonly batchSize?: number
  readonly concurrency?: number
  /** Where owners' links lead to; absent: mails have none. */
  readonly publicUrl?: string | null
  readonly onDelivered?: (delivery: Delivery) => void
}

export interface Sender {
  readonly start: () => void
  /** Ends within 10 seconds. */
  readonly stop: () => Promise<void>
}

/** Creates a sender, which does nothing until it is started. */
export function createSender(parts: SenderParts, options: SenderOptions = {}): Sender {
  const { intervalMs = 30_000, stoppedIntervalMs = 4_000, stopTimeoutMs = 9_000 } = options
  const stopping = new AbortController()
  let wake = () => {}
  let isWoken = false
  let running: Promise<unknown> = Promise.resolve()
  let linkWriter: LinkWriter | null = null

  function poke(): void {
    isWoken = true
    wake()
  }

  async function listen(): Promise<void> {
    for await (const change of parts.watchChanges(stopping.signal)) if (mayQueue(change)) poke()
  }

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      isWoken = false
      const delivery = await deliverOnce()
      if (delivery !== null) options.onDelivered?.(delivery)
      const hasMore = delivery !== null && delivery.leased > 0 && !delivery.isServerAway && delivery.stoppedBy === null
      if (!hasMore) await rest(delivery === null || delivery.stoppedBy === null ? intervalMs : stoppedIntervalMs)
    }
  }

  async function deliverOnce(): Promise<Delivery | null> {
    const { sender, platformUrl, transport } = parts.mailer
    try {
      linkWriter ??= options.publicUrl ? { key: await readLinkKey(parts.sql), publicUrl: options.publicUrl } : null
      return await deliverMails(parts, transport, {
        sender,
        platformUrl,
        linkWriter,
        signal: stopping.signal,
        makeLeaseId: randomUUID,
        nowMs: () => performance.now(),
        ...(options.batchSize && { batchSize: options.batchSize }),
        ...(options.concurrency && { concurrency: options.concurrency }),
      })
    } catch (error) {
      const { code, message } = databaseErrorOf(error)
      parts.log.error({ code }, `Mails could not be delivered now; they wait. ${message}`)
      return null
    }
  }

  async function rest(ms: number): Promise<void> {
    if (isWoken || stopping.signal.aborted) return
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms)
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  return {
    start() {
      const listening = listen().catch((error: unknown) =>
        parts.log.warn({ code: databaseErrorOf(error).code }, 'The sender hears of no changes; it looks by itself.'),
      )
      running = Promise.all([run(), listening])
    },
    async stop() {
      stopping.abort()
      wake()
      let timer: ReturnType<typeof setTimeout> | undefined
      const late = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, stopTimeoutMs)
      })
      await Promise.race([running, late])
      clearTimeout(timer)
      parts.mailer.close()
    },
  }
}

/** The end of a run lets its mails go; a sweep's own batches don't. What this sender settles itself is no news. */
function mayQueue(change: Change): boolean {
  if (change.kind === 'mail') return change.queued > 0
  return change.kind === 'run' || change.kind === 'project' || change.kind === 'connected'
}
