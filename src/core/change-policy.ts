/**
 * Changing the policy: a person sets some of its values, with a reason, on record with before and after.
 *
 * Trigger: a person (console, command line).
 * Guarantees: one transaction (migrations/functions/set-policy.sql); all values or none.
 * Locks: the policy's only row.
 */
import { checkPolicy, type PolicyChanges, policyInvalid } from './check-policy.ts'
import type { Context, Database } from './context.ts'
import { VigieError } from './errors.ts'
import { checkReason, reasonRequired } from './reason.ts'
import { countDue, type PreviewCounts } from './sweep/preview.ts'
import { inTransaction } from './transaction.ts'

/** The values that are different now; both empty if everything was so already. */
export interface PolicyChange {
  readonly before: PolicyChanges
  readonly after: PolicyChanges
}

type Answer = PolicyChange | { readonly refusal: 'POLICY_INVALID' | 'REASON_REQUIRED'; readonly field?: string }

/** Sets values of the policy. Errors: POLICY_INVALID (details: field), REASON_REQUIRED, REASON_TOO_LONG. */
export async function changePolicy(
  context: Context,
  request: { readonly changes: Readonly<Record<string, unknown>>; readonly reason: string },
): Promise<PolicyChange> {
  const changes = checkPolicy(request.changes)
  const change = await setPolicy(context, changes, checkReason(request.reason))
  context.log.info({ before: change.before, after: change.after }, 'The policy was changed.')
  return change
}

async function setPolicy({ sql, origin }: Context, changes: PolicyChanges, reason: string): Promise<PolicyChange> {
  const [row] = await sql<{ answer: Answer }[]>`
    select vigie.set_policy(${sql.json({ ...changes })}, ${reason}, ${sql.json({ ...origin })}) as answer`
  if (row === undefined) throw new Error('vigie.set_policy returned nothing')
  const { answer } = row
  if (!('refusal' in answer)) return answer
  if (answer.refusal === 'REASON_REQUIRED') throw reasonRequired()
  const { field = 'policy' } = answer
  throw policyInvalid(field, field === 'canaryTeamIds' ? 'must name at least one team in this mode' : 'can’t be that')
}

/** What is due under the policy in force and what would be under a changed one. */
export interface PolicyPreview {
  readonly current: PreviewCounts
  readonly proposed: PreviewCounts
}

class RollBack extends Error {}

/**
 * What a change would do, and nothing of it done: the change itself is made in a transaction that counts what is due and
 * is rolled back, so that there is no second rule. `session` is one connection and not a pool. Errors: as changePolicy.
 */
export async function previewPolicy(
  context: Context,
  session: Database,
  given: Readonly<Record<string, unknown>>,
): Promise<PolicyPreview> {
  const changes = checkPolicy(given)
  const current = await countDue(session)
  let proposed: PreviewCounts | undefined
  try {
    await inTransaction(session, async () => {
      await setPolicy({ ...context, sql: session }, changes, 'preview')
      proposed = await countDue(session)
      throw new RollBack()
    })
  } catch (error) {
    if (!(error instanceof RollBack)) throw error
  }
  if (proposed === undefined) throw new VigieError('INTERNAL', 'The preview counted nothing. Try again.')
  return { current, proposed }
}
