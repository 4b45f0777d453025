import type { Database } from '../context.ts'
import type { Instant } from '../instant.ts'
import { readSchedules } from './claim.ts'
import { type Job, nextTick, type Schedules } from './ticks.ts'

/** When each job is due next; null: never, unattended sweeps are switched off. */
export type NextTicks = Readonly<Record<Job, Instant | null>>

/** When each job is due next by the policy in force, and the database's now. */
export async function readNextTicks(sql: Database): Promise<{ now: Instant; ticks: NextTicks }> {
  const [{ schedules, now, isSweepOff }, lastSweepTick] = await Promise.all([
    readSchedules(sql),
    readLastSweepTick(sql),
  ])
  return { now, ticks: nextTicks({ schedules, now, isSweepOff, lastSweepTick }) }
}

/** When the next so many unattended sweeps are due, whether or not they are switched off, and the database's now. */
export async function readNextNights(
  sql: Database,
  nights: number,
): Promise<{ readonly now: Instant; readonly nights: readonly Instant[] }> {
  const [{ schedules, now }, lastSweepTick] = await Promise.all([readSchedules(sql), readLastSweepTick(sql)])
  return { now, nights: nextNights({ schedule: schedules.sweep, now, lastSweepTick, nights }) }
}

async function readLastSweepTick(sql: Database): Promise<Instant | null> {
  const [last] = await sql<{ tick: Instant | null }[]>`
    select max(r.tick) as tick from vigie.job_run r where r.job = 'sweep'`
  return last?.tick ?? null
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
  const [sweep = null] = isSweepOff ? [] : nextNights({ schedule: schedules.sweep, now, lastSweepTick, nights: 1 })
  return {
    sweep,
    cleanup: nextTick(schedules.cleanup, now),
    counts: nextTick(schedules.counts, now),
    pruning: nextTick(schedules.pruning, now),
  }
}

/** The next so many ticks of the unattended sweep, one a UTC day at most. */
export function nextNights(facts: {
  readonly schedule: string
  readonly now: Instant
  readonly lastSweepTick: Instant | null
  readonly nights: number
}): readonly Instant[] {
  const ticks: Instant[] = []
  let before = facts.now
  while (ticks.length < facts.nights) {
    const tick = nextTick(facts.schedule, before)
    before = lastInstantOf(tick)
    if (facts.lastSweepTick?.slice(0, 10) !== tick.slice(0, 10)) ticks.push(tick)
  }
  return ticks
}

/** Just before the next UTC day: no schedule has a tick between it and midnight. */
function lastInstantOf(at: Instant): Instant {
  return `${at.slice(0, 10)}T23:59:59.999Z`
}
