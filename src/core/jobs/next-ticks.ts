import type { Database } from '../context.ts'
import type { Instant } from '../instant.ts'
import { readSchedules } from './claim.ts'
import { type Job, nextTick, type Schedules } from './ticks.ts'

/** When each job is due next; null: never, unattended sweeps are switched off. */
export type NextTicks = Readonly<Record<Job, Instant | null>>

/** When each job is due next by the policy in force, and the database's now. */
export async function readNextTicks(sql: Database): Promise<{ now: Instant; ticks: NextTicks }> {
  const [{ schedules, now, isSweepOff }, [last]] = await Promise.all([
    readSchedules(sql),
    sql<{ sweep: Instant | null }[]>`select max(r.tick) as sweep from vigie.job_run r where r.job = 'sweep'`,
  ])
  return { now, ticks: nextTicks({ schedules, now, isSweepOff, lastSweepTick: last?.sweep ?? null }) }
}

interface Facts {
  readonly schedules: Schedules
  readonly now: Instant
  readonly isSweepOff: boolean
  /** The tick of the latest unattended sweep; null: there was none. */
  readonly lastSweepTick: Instant | null
}

/** The same as a pure function. A UTC day has one unattended sweep at most, whatever its schedule became meanwhile. */
export function nextTicks({ schedules, now, isSweepOff, lastSweepTick }: Facts): NextTicks {
  const sweepTick = nextTick(schedules.sweep, now)
  const isDayTaken = lastSweepTick?.slice(0, 10) === sweepTick.slice(0, 10)
  return {
    sweep: isSweepOff ? null : isDayTaken ? nextTick(schedules.sweep, lastInstantOf(sweepTick)) : sweepTick,
    cleanup: nextTick(schedules.cleanup, now),
    counts: nextTick(schedules.counts, now),
    pruning: nextTick(schedules.pruning, now),
  }
}

/** Just before the next UTC day: no schedule has a tick between it and midnight. */
function lastInstantOf(at: Instant): Instant {
  return `${at.slice(0, 10)}T23:59:59.999Z`
}
