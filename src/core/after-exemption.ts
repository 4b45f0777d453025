import { type Instant, instantToMicros } from './instant.ts'
import { nextTransition, type RestReason } from './lifecycle.ts'
import type { Policy, Stage } from './policy.ts'
import type { ProjectFacts } from './project.ts'
import type { BlindSpell } from './watch/deadline.ts'

/** What an exemption leads to. */
export type AfterExemption =
  /** It changes nothing as things are: the rules leave the project alone anyway. */
  | { readonly kind: 'needless'; readonly reason: RestReason }
  | { readonly kind: 'for_good' }
  /** Its time is over before: the first sweep after the exemption takes it. */
  | { readonly kind: 'due_at_end'; readonly stage: Stage; readonly until: Instant; readonly wouldBeDueAt: Instant }
  /** The exemption is over before its time. */
  | { readonly kind: 'due_later'; readonly stage: Stage; readonly dueAt: Instant }

/**
 * What happens when an exemption ends, if nothing else happens: the clock goes on meanwhile and does not start again, since
 * only traffic, creation and reactivation are activity (ARCHITECTURE.md, The rules). `until` null: for good.
 */
export function afterExemption(
  facts: ProjectFacts,
  until: Instant | null,
  policy: Policy,
  spells: readonly BlindSpell[],
  now: Instant,
): AfterExemption {
  const next = nextTransition({ ...facts, exemption: null }, policy, spells, now)
  if (next.kind === 'rest') return { kind: 'needless', reason: next.reason }
  if (until === null) return { kind: 'for_good' }
  const { stage, dueAt } = next
  return instantToMicros(dueAt) <= instantToMicros(until)
    ? { kind: 'due_at_end', stage, until, wouldBeDueAt: dueAt }
    : { kind: 'due_later', stage, dueAt }
}
