import type { Database } from '../context.ts'
import type { Policy } from '../policy.ts'

/** The policy in force. */
export async function readPolicy(sql: Database): Promise<Policy> {
  const [policy] = await sql<Policy[]>`
    select inactive_after_days as "inactiveAfterDays", disabled_after_days as "disabledAfterDays",
      is_lapsed_paid_swept as "isLapsedPaidSwept"
    from vigie.policy`
  if (policy === undefined) throw new Error('vigie.policy has no row')
  return policy
}
