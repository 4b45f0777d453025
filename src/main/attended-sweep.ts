import type { Context } from '../core/context.ts'
import { expireExemptions } from '../core/exemptions.ts'
import { noticeChanges } from '../core/notice-changes.ts'
import { runSweep, type SweepOptions, type SweepResult } from '../core/sweep/run.ts'
import type { Alerts } from './alerts.ts'

/**
 * A sweep that a person starts, with what belongs around it: changes made outside and exemptions that are over are put on
 * record first, since no agent may be there to do it, and whoever is to be told hears of a hold. Errors: as `runSweep`.
 */
export async function runAttendedSweep(context: Context, alerts: Alerts, options: SweepOptions): Promise<SweepResult> {
  const { signal } = options
  const prepare = async () => {
    await noticeChanges(context, { signal })
    await expireExemptions(context, { signal })
  }
  const result = await runSweep(context, { ...options, prepare })
  if (result.hold !== null) await alerts.tellHeld()
  return result
}
