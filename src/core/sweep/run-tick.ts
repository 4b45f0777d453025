/**
 * The sweep that nobody watches.
 *
 * Trigger: a tick that this process has claimed (core/jobs/claim.ts).
 * Guarantees: those of ./run.ts; what it does is for the policy's mode to say. `observe` keeps the list and writes nothing
 * else; `canary` touches the named teams alone; a project whose owner was never told is not disabled for good. A run that
 * was taken over goes on with what is still due: what its first runner did is not due any more. When the database goes away
 * or has no room, or when this process ends, the run is left open for that.
 */
import type { Context, Database } from '../context.ts'
import type { SweepMode } from '../policy.ts'
import { readRun } from '../queries/runs.ts'
import { type ClaimedRun, carryOut } from './carry-out.ts'
import { holdRun, keepList } from './holds.ts'
import { lookAtBrakes } from './look-at-brakes.ts'
import { runToItsEnd, type SweepOptions, type SweepResult } from './run.ts'

type TickOptions = Omit<SweepOptions, 'runner' | 'overrideReason' | 'onStart' | 'prepare'>

/** Runs a claimed tick to its end. Errors: as `runSweep`. */
export async function runTickSweep(context: Context, run: ClaimedRun, options: TickOptions): Promise<SweepResult> {
  const { sql, log } = context
  const { mode, teams } = await readMode(sql)
  if (mode === 'off' || mode === 'observe') {
    // Tonight's list is the newer one; it waits for nobody.
    await sql`select vigie.supersede_hold()`
    const counts = await keepList(sql, run, null)
    await sql`select vigie.finish_preview(${run.runId}, ${run.runner}, ${sql.json({ ...counts })})`
    log.info({ runId: run.runId, mode, ...counts }, 'A preview was kept; nothing was written.')
    return { run: await readRun(sql, run.runId), hold: null }
  }
  return await runToItsEnd(context, run, { ...options, canBeTakenOver: true }, async (progress) => {
    const only = mode === 'canary' ? teams : null
    // A sweep that the brakes have let pass is not held half way when somebody takes it over.
    if (!(await hasBegun(sql, run.runId))) {
      const brakes = await lookAtBrakes(sql, { ...options, teams: only, isUnattended: true })
      if (brakes.length > 0) return await holdRun(context, run, brakes, only)
    }
    await sql`select vigie.supersede_hold()`
    if (only !== null) await keepList(sql, run, only)
    await carryOut(context, run, { ...options, listOfRunId: only === null ? null : run.runId }, progress)
    return null
  })
}

async function readMode(sql: Database): Promise<{ mode: SweepMode; teams: string[] }> {
  const [policy] = await sql<{ mode: SweepMode; teams: string[] }[]>`
    select y.sweep_mode as mode, y.canary_team_ids as teams from vigie.policy y`
  if (policy === undefined) throw new Error('the policy is gone')
  return policy
}

async function hasBegun(sql: Database, runId: number): Promise<boolean> {
  const run = await readRun(sql, runId)
  return run.deactivated + run.disabled > 0
}
