import type { Context, Database } from '../context.ts'
import type { Instant } from '../instant.ts'
import type { ClaimedRun } from '../sweep/carry-out.ts'
import { type Job, lastTick, type Schedules } from './ticks.ts'

/** A claimed tick: this process runs it, and no other. */
export interface ClaimedTick extends ClaimedRun {
  readonly job: Job
  readonly tick: Instant
  /** Its first runner was silent for two minutes. */
  readonly isTakenOver: boolean
}

/**
 * Claims the last tick of a job if it is due, young enough and nobody's, by the database's clock
 * (migrations/functions/claim-tick.sql); null otherwise. Called at any time, by any number of processes.
 */
export async function claimLastTick(
  { sql, origin }: Context,
  request: { readonly job: Job; readonly runner: string },
): Promise<ClaimedTick | null> {
  const { job, runner } = request
  const { schedules, now, isSweepOff } = await readSchedules(sql)
  if (job === 'sweep' && isSweepOff) return null
  const tick = lastTick(schedules[job], now)
  const [row] = await sql<{ claim: { runId: number; isTakenOver: boolean } | null }[]>`
    select vigie.claim_tick(${job}, ${tick}::text::timestamptz, ${runner}, ${sql.json({ ...origin })}) as claim`
  if (row === undefined || row.claim === null) return null
  return { ...row.claim, job, tick, runner }
}

/** When each job is due by the policy, and the database's now. */
export async function readSchedules(
  sql: Database,
): Promise<{ schedules: Schedules; now: Instant; isSweepOff: boolean }> {
  const [row] = await sql<(Schedules & { now: Instant; isSweepOff: boolean })[]>`
    select y.sweep_schedule as sweep, y.cleanup_schedule as cleanup, y.counts_schedule as counts,
      y.pruning_schedule as pruning, y.sweep_mode = 'off' as "isSweepOff", now() as now
    from vigie.policy y`
  if (row === undefined) throw new Error('the policy is gone')
  const { now, isSweepOff, ...schedules } = row
  return { schedules, now, isSweepOff }
}
