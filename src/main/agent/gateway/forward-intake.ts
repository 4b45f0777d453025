/**
 * What forward auth sees, counted.
 *
 * Trigger: every request that passes; a flush every 10 seconds, when hits of 10,000 projects wait, at NOTIFY `flush`, when
 * the database is back, and at the end.
 * Guarantees: those of core/traffic/flush.ts. While the database is away hits are coalesced in bounded memory, and counted
 * when it is back; only a process that ends meanwhile, or hits of more than 50,000 projects, lose any.
 * Locks: none of its own.
 */
import { randomUUID } from 'node:crypto'
import type { Change } from '../../../core/change.ts'
import type { Context } from '../../../core/context.ts'
import { databaseErrorOf } from '../../../core/database-error.ts'
import { createExclusions } from '../../../core/traffic/exclusions.ts'
import { createFlusher, type Flusher } from '../../../core/traffic/flush.ts'
import type { Hit } from '../../../core/traffic/hit.ts'
import { createHitBuffer, type HitBuffer } from '../../../core/traffic/hit-buffer.ts'
import { enrolIntake } from '../../../core/traffic/intake.ts'
import type { PartReport } from '../part.ts'
import { atMost } from './at-most.ts'

export interface ForwardIntakeOptions {
  /** The address on which it is asked, as the intake is known by. */
  readonly source: string
  readonly intervalMs?: number
  /** How long the end waits for the last flush. */
  readonly farewellMs?: number
}

export interface ForwardIntake {
  readonly hits: Pick<HitBuffer, 'add' | 'addUnknown'>
  /** Enrols it, and flushes from now on. Errors: those of the database. */
  start(): Promise<void>
  takeChange(change: Change): Promise<void>
  stop(): Promise<void>
  report(): PartReport
}

/** Creates it; it takes hits at once, also before it could be enrolled. */
export function createForwardIntake(context: Context, options: ForwardIntakeOptions): ForwardIntake {
  const { sql, log, origin } = context
  const { source, intervalMs = 10_000, farewellMs = 3_000 } = options
  const feeder = randomUUID()
  const exclusions = createExclusions(sql)
  const buffer = createHitBuffer({ match: exclusions.match })
  let flusher: Flusher | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let isStopped = false
  let isFlushing = false
  /** Since when it has been watching; told with the first flush. */
  let watchedFromMs: number | null = null
  let failure: PartReport['error'] = null
  let dropped = 0

  const flush = async () => {
    if (flusher === undefined) return
    try {
      const fromMs = watchedFromMs
      await flusher.flush(() => ({
        position: null,
        from: fromMs === null ? null : { monotonicMs: fromMs },
        until: { monotonicMs: performance.now() },
      }))
      watchedFromMs = null
      if (failure !== null) log.info({ source }, 'Forward auth counts again; nothing was missed.')
      failure = null
    } catch (error) {
      const { code, message } = databaseErrorOf(error)
      if (failure?.code !== code) log.error({ source, code }, `Hits of forward auth wait. ${message}`)
      failure = { code, message }
    }
  }
  const flushAgain = async () => {
    await flush()
    if (!isStopped) timer = setTimeout(flushAgain, intervalMs)
  }
  /** One at a time: what is added while it is under way makes the next one due. */
  const flushIfDue = () => {
    if (!buffer.isFlushDue || isFlushing || failure !== null) return
    isFlushing = true
    void flush().finally(() => {
      isFlushing = false
    })
  }

  return {
    hits: {
      add(hit: Hit) {
        const isTaken = buffer.add(hit)
        if (!isTaken) dropped += 1
        flushIfDue()
        return isTaken
      },
      addUnknown: () => buffer.addUnknown(),
    },
    async start() {
      await exclusions.refresh()
      const intakeId = await enrolIntake(sql, { machine: origin.machine, kind: 'forward_auth', source }, feeder)
      watchedFromMs = performance.now()
      const clocks = { makeFlushId: randomUUID, nowMs: () => performance.now() }
      flusher = createFlusher({ sql, buffer, intakeId, feeder, ...clocks })
      if (!isStopped) timer = setTimeout(flushAgain, intervalMs)
    },
    async takeChange(change) {
      if (change.kind === 'connected' || change.kind === 'exclusion') await exclusions.refresh()
      if (change.kind === 'connected' || change.kind === 'flush') await flush()
    },
    async stop() {
      isStopped = true
      clearTimeout(timer)
      await atMost(farewellMs, flush())
    },
    report: () => ({ error: failure, waitingProjects: buffer.size, droppedHits: dropped }),
  }
}
