import fc from 'fast-check'
import { expect, it } from 'vitest'
import { afterExemption } from './after-exemption.ts'
import { addDays, instantToMicros, microsPerDay, microsToInstant } from './instant.ts'
import { nextTransition } from './lifecycle.ts'
import { defaultPolicy } from './policy.ts'
import { type ProjectFacts, planKinds, projectStatuses } from './project.ts'

const now = '2026-11-25T12:00:00.000000Z'
const idleFor40Days: ProjectFacts = {
  status: 'active',
  planKind: 'free',
  isTeamDeleted: false,
  createdAt: addDays(now, -90),
  lastTrafficAt: addDays(now, -40),
  deactivatedAt: null,
  exemption: null,
}
const until = addDays(now, 17)
const after = (facts: Partial<ProjectFacts>, end: string | null = until) =>
  afterExemption({ ...idleFor40Days, ...facts }, end, defaultPolicy, [], now)

it('who was idle long before is due as soon as it is over: the clock does not start again', () => {
  expect(after({})).toEqual({ kind: 'due_at_end', stage: 'deactivate', until, wouldBeDueAt: addDays(now, -35) })
  const asleep = { status: 'inactive', deactivatedAt: addDays(now, -9) } as const
  expect(after(asleep)).toEqual({ kind: 'due_at_end', stage: 'disable', until, wouldBeDueAt: addDays(now, -2) })
})

it('whose time comes later is due then; a boundary counts as reached', () => {
  const visited = { lastTrafficAt: addDays(now, 13) }
  expect(after(visited)).toEqual({ kind: 'due_later', stage: 'deactivate', dueAt: addDays(now, 18) })
  expect(after({ lastTrafficAt: addDays(now, 12) })).toMatchObject({ kind: 'due_at_end' })
})

it.each([
  [{ planKind: 'paid' }, 'paid_plan'],
  [{ planKind: 'lapsed' }, 'lapsed_plan'],
  [{ status: 'permanently_disabled' }, 'final'],
  [{ status: 'paused' }, 'paused'],
] as const)('%j needs none', (facts, reason) => {
  expect(after(facts)).toEqual({ kind: 'needless', reason })
  expect(after(facts, null)).toEqual({ kind: 'needless', reason })
})

it('for good has no end', () => {
  expect(after({}, null)).toEqual({ kind: 'for_good' })
})

const day = fc.integer({ min: -60, max: 60 })
const instant = day.map((days) => microsToInstant(instantToMicros(now) + days * microsPerDay))

it('says what the rule says of a project that is exempt so (property)', () => {
  fc.assert(
    fc.property(
      fc.record({
        status: fc.constantFrom(...projectStatuses),
        planKind: fc.constantFrom(...planKinds),
        isTeamDeleted: fc.boolean(),
        createdAt: instant,
        lastTrafficAt: fc.option(instant),
        deactivatedAt: fc.option(instant),
      }),
      instant,
      (facts, end) => {
        const found = afterExemption({ ...facts, exemption: null }, end, defaultPolicy, [], now)
        const next = nextTransition({ ...facts, exemption: { until: end } }, defaultPolicy, [], now)
        if (next.kind === 'rest') expect(found).toEqual({ kind: 'needless', reason: next.reason })
        else if (found.kind === 'due_at_end') expect(found.until).toBe(next.dueAt)
        else expect(found).toMatchObject({ kind: 'due_later', stage: next.stage, dueAt: next.dueAt })
      },
    ),
  )
})
