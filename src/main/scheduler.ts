import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { scheduleJob } from 'node-schedule'
import type { Context } from '../core/context.ts'
import { databaseErrorOf } from '../core/database-error.ts'
import { type ClaimedTick, claimLastTick, readSchedules } from '../core/jobs/claim.ts'
import { type Job, jobs } from '../core/jobs/ticks.ts'

/** What a claimed tick does; it closes its run itself. */
export type TickWork = (context: Context, claim: ClaimedTick, signal: AbortSignal) => Promise<unknown>

export interface SchedulerOptions {
  readonly context: Context
  /** A job without work is never claimed. */
  readonly work: Partial<Readonly<Record<Job, TickWork>>>
  /** Asked before a tick of the job is claimed: what this process can't do now is left to others, or for later. */
  readonly isReady?: Partial<Readonly<Record<Job, () => Promise<boolean>>>>
  /** How often ticks are looked for besides their own instants: other clocks, and runners that died. */
  readonly pollIntervalMs: number
}

export interface Scheduler {
  readonly start: () => void
  /** Asks the work to end between two batches and waits for it. */
  readonly stop: () => Promise<void>
}

/**
 * Runs what is due. A tick fires by this machine's clock (node-schedule, in UTC), and is claimed by the database's, so that
 * machines whose clocks differ, slept or died make no difference: whoever looks next finds it.
 */
export function createScheduler({ context, work, isReady, pollIntervalMs }: SchedulerOptions): Scheduler {
  const stopping = new AbortController()
  const running = new Map<Job, Promise<void>>()
  let loop: Promise<void> | undefined

  const look = (job: Job) => {
    if (running.has(job) || stopping.signal.aborted) return
    const turn = runDueTick(job).finally(() => running.delete(job))
    running.set(job, turn)
  }
  const runDueTick = async (job: Job) => {
    const doWork = work[job]
    if (doWork === undefined) return
    try {
      if ((await isReady?.[job]?.()) === false) return
      const claim = await claimLastTick(context, { job, runner: randomUUID() })
      if (claim === null) return
      const { runId, tick, isTakenOver } = claim
      context.log.info({ job, runId, tick, isTakenOver }, isTakenOver ? 'A tick was taken over.' : 'A tick is due.')
      await doWork(context, claim, stopping.signal)
    } catch (error) {
      const { code, message } = databaseErrorOf(error)
      context.log.error({ job, code }, `The job ${job} did not run to its end. ${message}`)
    }
  }
  const keepLooking = async () => {
    const atTicks = new AtTicks(look)
    while (!stopping.signal.aborted) {
      for (const job of jobs) look(job)
      await readSchedules(context.sql).then(
        ({ schedules }) => atTicks.follow(schedules),
        () => undefined,
      )
      await sleep(pollIntervalMs, undefined, { signal: stopping.signal }).catch(() => undefined)
    }
    atTicks.cancel()
  }

  return {
    start: () => {
      loop ??= keepLooking()
    },
    stop: async () => {
      stopping.abort()
      await loop
      await Promise.all(running.values())
    },
  }
}

/** Fires at the instants of the policy's schedules, and follows when they change. */
class AtTicks {
  readonly #fire: (job: Job) => void
  readonly #scheduled = new Map<Job, { schedule: string; cancel: () => void }>()

  constructor(fire: (job: Job) => void) {
    this.#fire = fire
  }

  follow(schedules: Readonly<Record<Job, string>>): void {
    for (const job of jobs) {
      const schedule = schedules[job]
      if (this.#scheduled.get(job)?.schedule === schedule) continue
      this.#scheduled.get(job)?.cancel()
      const timer = scheduleJob({ rule: schedule, tz: 'Etc/UTC' }, () => this.#fire(job))
      this.#scheduled.set(job, { schedule, cancel: () => timer?.cancel() })
    }
  }

  cancel(): void {
    for (const { cancel } of this.#scheduled.values()) cancel()
  }
}
