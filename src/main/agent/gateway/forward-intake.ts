/**
 * What forward auth sees, counted.
 *
 * Trigger: every request that passes; a flush every 10 seconds, when hits of 10,000 projects wait, at NOTIFY `flush`, when
 * the database is back, and at the end.
 * Guarantees: those of core/traffic/flush.ts. While the database is away hits are coalesced in bounded memory, and counted
 * when it is back; only a process that ends meanwhile, or hits of more than 50,000 projects, lose any. One that is refused,
 * since another feeds the intake, waits until nobody does.
 * Locks: none of its own.
 */
import { randomUUID } from 'node:crypto'
import type { Change } from '../../../core/change.ts'
import type { Context } from '../../../core/context.ts'
import { databaseErrorOf } from '../../../core/database-error.ts'
import { createExclusions } from '../../../core/traffic/exclusions.ts'
import { createFlusher } from '../../../core/traffic/flush.ts'
import { createHitBuffer, type HitBuffer } from '../../../core/traffic/hit-buffer.ts'
import { enrolIntake, readIntake } from '../../../core/traffic/intake.ts'
import { createFlushPace, type FlushFailure, type FlushPace } from '../intake/flush-pace.ts'
import type { PartReport } from '../part.ts'
import { atMost } from './at-most.ts'

export interface ForwardIntakeOptions {
  /** The address on which it is asked, as the intake is known by. */
  readonly source: string
}

export interface ForwardIntake {
  readonly hits: Pick<HitBuffer, 'add' | 'addUnknown'>
  /** Enrols it, and flushes from now on. Errors: those of the database. */
  start(): Promise<void>
  /** Reads exclusions again. Errors: those of the database. */
  refresh(): Promise<void>
  takeChange(change: Change): Promise<void>
  stop(): Promise<void>
  report(): PartReport
}

const flushIntervalMs = 10_000
const retryMs = 1_000
/** How often it is looked whether a flush is due. */
const lookMs = 250
/** How often one that was refused looks whether it may feed the intake again. */
const turnMs = 5_000
/** How long the end waits for the last flush; an agent has to end within ten seconds. */
const farewellMs = 3_000

/** Creates it; it takes hits at once, also before it could be enrolled. */
export function createForwardIntake({ sql, log, origin }: Context, { source }: ForwardIntakeOptions): ForwardIntake {
  const key = { machine: origin.machine, kind: 'forward_auth', source } as const
  const feeder = randomUUID()
  const nowMs = () => performance.now()
  const exclusions = createExclusions(sql)
  const buffer = createHitBuffer({ match: exclusions.match })
  const stopping = new AbortController()
  let pace: FlushPace | undefined
  let intakeId = 0
  let timers: ReturnType<typeof setInterval>[] = []
  let failure: FlushFailure | null = null
  /** Since when it has been watching without a break; told with the next flush. */
  let watchedFromMs: number | null = null
  let hits = 0
  let dropped = 0

  const tell = (outcome: FlushFailure | null) => {
    if (outcome !== null && outcome.code !== failure?.code) {
      log.error({ part: 'gateway', source, code: outcome.code }, `Hits of forward auth wait. ${outcome.message}`)
    } else if (outcome === null && failure !== null) {
      log.info({ part: 'gateway', source }, 'Forward auth is counted again.')
    }
    failure = outcome
  }
  const look = () => {
    if (failure?.code !== 'INTAKE_LOST') pace?.look(true)
  }
  const takeTurn = async () => {
    if (failure?.code !== 'INTAKE_LOST') return
    try {
      const { isFed, isRetired } = await readIntake(sql, intakeId)
      if (isFed || isRetired) return
      await enrolIntake(sql, key, feeder)
      tell(null)
    } catch (error) {
      log.warn({ code: databaseErrorOf(error).code }, 'Whether forward auth may be counted again is not known yet.')
    }
  }

  return {
    hits: {
      add(hit) {
        const isTaken = buffer.add(hit)
        if (isTaken) hits += 1
        else dropped += 1
        if (buffer.isFlushDue) look()
        return isTaken
      },
      addUnknown: buffer.addUnknown,
    },
    async start() {
      await exclusions.refresh()
      intakeId = await enrolIntake(sql, key, feeder)
      watchedFromMs = nowMs()
      pace = createFlushPace({
        flusher: createFlusher({ sql, buffer, intakeId, feeder, makeFlushId: randomUUID, nowMs }),
        buffer,
        hasPoint: () => true,
        readPoint: () => {
          const from = watchedFromMs === null ? null : { monotonicMs: watchedFromMs }
          watchedFromMs = null
          return { position: null, from, until: { monotonicMs: nowMs() } }
        },
        nowMs,
        intervalMs: flushIntervalMs,
        retryMs,
        signal: stopping.signal,
        onOutcome: tell,
      })
      timers = [setInterval(look, lookMs), setInterval(takeTurn, turnMs)]
    },
    refresh: exclusions.refresh,
    async takeChange(change) {
      if (change.kind === 'connected' || change.kind === 'flush') {
        pace?.ask()
        look()
      }
      if (change.kind === 'connected' || change.kind === 'exclusion') await exclusions.refresh()
    },
    async stop() {
      stopping.abort()
      for (const timer of timers) clearInterval(timer)
      if (pace !== undefined) await atMost(farewellMs, pace.finish())
    },
    report: () => ({ error: failure, source, hits, dropped, waitingProjects: buffer.size }),
  }
}
