import { findPolicyProblem, type PolicyChanges, type PolicyName, policyRules } from '../../core/check-policy.ts'
import type { Policy } from '../../core/policy.ts'

/** What was entered and not saved, by value; numbers as they were typed. */
export type Draft = { readonly [Name in PolicyName]?: string | boolean | readonly string[] }

interface DraftReading {
  /** What is different from the policy in force, and possible. */
  readonly changes: PolicyChanges
  /** What is not possible. */
  readonly wrong: readonly PolicyName[]
}

const names = Object.keys(policyRules) as readonly PolicyName[]

/** What a draft would change of the policy in force, in the order of the policy. */
export function readDraft(draft: Draft, policy: Policy): DraftReading {
  const changes: Record<string, unknown> = {}
  const wrong: PolicyName[] = []
  for (const name of names) {
    const given = draft[name]
    if (given === undefined) continue
    const value = toValue(name, given)
    if (isSame(value, policy[name])) continue
    if (findPolicyProblem({ [name]: value }) === null) changes[name] = value
    else wrong.push(name)
  }
  const { sweepMode, canaryTeamIds }: Policy = { ...policy, ...changes }
  // The database refuses it too: a canary of no teams would silently never do anything.
  if (sweepMode === 'canary' && canaryTeamIds.length === 0 && !wrong.includes('canaryTeamIds')) {
    wrong.push('canaryTeamIds')
  }
  return { changes, wrong }
}

function toValue(name: PolicyName, given: string | boolean | readonly string[]): unknown {
  if (policyRules[name].kind !== 'count' || typeof given !== 'string') {
    return typeof given === 'string' ? given.trim() : given
  }
  const text = given.trim()
  return /^\d+$/.test(text) ? Number(text) : text
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

let kept: Draft = {}

/** The draft as it was left: a look elsewhere does not lose it. */
export function readKeptDraft(): Draft {
  return kept
}

export function keepDraft(draft: Draft): void {
  kept = draft
}
