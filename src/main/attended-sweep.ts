import type { Context } from '../core/context.ts'
import { noticeChanges } from '../core/notice-changes.ts'
import { runSweep, type SweepOptions, type SweepResult } from '../core/sweep/run.ts'
import type { Alerts } from './alerts.ts'

/**
 * A sweep that a person starts, with what belongs around it: changes made outside are noticed first, since no agent may be
 * there to do it, and whoever is to be told hears of a hold. Errors: as `runSweep`.
 */
export async function runAttendedSweep(context: Context, alerts: Alerts, options: SweepOptions): Promise<SweepResult> {
  const { signal } = options
  const result = await runSweep(context, { ...options, prepare: () => noticeChanges(context, { signal }) })
  if (result.hold !== null) await alerts.tellHeld()
  return result
}
