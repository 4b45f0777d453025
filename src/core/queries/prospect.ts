import type { Database } from '../context.ts'
import { type Instant, instantToMicros } from '../instant.ts'
import { readNextTicks } from '../jobs/next-ticks.ts'
import { lastTick, nextTick } from '../jobs/ticks.ts'
import { nextTransition } from '../lifecycle.ts'
import { readPauses } from '../pauses.ts'
import { readOpenHold } from '../sweep/holds.ts'
import { readSpells } from '../watch/read-spells.ts'
import { readPolicy } from './policy.ts'
import { readProjectRow } from './project.ts'

/** By whom and when a project that will be due is moved, as far as it is known now. */
export interface Prospect {
  /** The first unattended sweep that finds it due; null: unattended sweeps are off, or it will not be due. */
  readonly tick: Instant | null
  /** The one that its deadline misses by less than an hour, as those do that were themselves put to sleep by one. */
  readonly missed: Instant | null
  /** Since when all sweeps are paused; null: they are not. */
  readonly pausedAt: Instant | null
  /** The held sweep that has it on its list; null: none is open, or it is not on it. */
  readonly hold: { readonly runId: number; readonly createdAt: Instant; readonly isExpired: boolean } | null
}

/** Looks ahead for one project, by the rule that the sweep obeys. Errors: PROJECT_NOT_FOUND. */
export async function readProspect(sql: Database, projectId: string): Promise<Prospect> {
  const project = await readProjectRow(sql, projectId)
  const [policy, spells, { now, ticks }, pauses, hold] = await Promise.all([
    readPolicy(sql),
    readSpells(sql),
    readNextTicks(sql),
    readPauses(sql),
    readHoldOf(sql, projectId),
  ])
  const next = nextTransition(project, policy, spells, now)
  const isAwaited = next.kind === 'transition' && ticks.sweep !== null
  return {
    tick: isAwaited ? tickFrom(policy.sweepSchedule, ticks.sweep, next.dueAt) : null,
    missed: isAwaited && !next.isDue ? missedTick(policy.sweepSchedule, next.dueAt) : null,
    pausedAt: pauses.find(({ part }) => part === 'sweep')?.pausedAt ?? null,
    hold,
  }
}

/** The first tick that is not before the deadline; a boundary counts as reached. `first`: the next one there is. */
function tickFrom(schedule: string, first: Instant, dueAt: Instant): Instant {
  if (instantToMicros(first) >= instantToMicros(dueAt)) return first
  // The next tick is looked for after an instant; the deadline's own counts.
  return nextTick(schedule, new Date(Math.ceil(instantToMicros(dueAt) / 1000) - 1).toISOString())
}

const narrowlyMicros = 3_600_000_000

function missedTick(schedule: string, dueAt: Instant): Instant | null {
  const tick = lastTick(schedule, dueAt)
  const byMicros = instantToMicros(dueAt) - instantToMicros(tick)
  return byMicros > 0 && byMicros < narrowlyMicros ? tick : null
}

async function readHoldOf(sql: Database, projectId: string): Promise<Prospect['hold']> {
  const hold = await readOpenHold(sql)
  if (hold === null) return null
  const [listed] = await sql`
    select from vigie.run_project x where x.run_id = ${hold.runId} and x.project_id = ${projectId} limit 1`
  return listed === undefined ? null : { runId: hold.runId, createdAt: hold.createdAt, isExpired: hold.isExpired }
}
