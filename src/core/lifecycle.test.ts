import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, instantToMicros, microsToInstant } from './instant.ts'
import { nextTransition } from './lifecycle.ts'
import { defaultPolicy } from './policy.ts'
import type { ProjectFacts } from './project.ts'

const now = '2026-03-10T12:00:00.000Z'
const ago = (days: number, micros = 0) => microsToInstant(instantToMicros(addDays(now, -days)) - micros)

const active: ProjectFacts = {
  status: 'active',
  planKind: 'free',
  isTeamDeleted: false,
  createdAt: ago(100),
  lastTrafficAt: ago(1),
  deactivatedAt: null,
  exemption: null,
}
const inactive: ProjectFacts = { ...active, status: 'inactive', lastTrafficAt: ago(8), deactivatedAt: ago(3) }

describe('an active project on the free plan', () => {
  it('is due at exactly five days without traffic, and not a microsecond before', () => {
    const exactly = nextTransition({ ...active, lastTrafficAt: ago(5) }, defaultPolicy, [], now)
    const before = nextTransition({ ...active, lastTrafficAt: ago(5, -1) }, defaultPolicy, [], now)
    expect(exactly).toMatchObject({ stage: 'deactivate', to: 'inactive', dueAt: now, isDue: true })
    expect(before).toMatchObject({ stage: 'deactivate', isDue: false })
  })

  it('counts from its creation while it was never visited', () => {
    const young = { ...active, createdAt: ago(4), lastTrafficAt: null }
    const old = { ...active, createdAt: ago(6), lastTrafficAt: null }
    expect(nextTransition(young, defaultPolicy, [], now)).toMatchObject({
      dueAt: addDays(young.createdAt, 5),
      isDue: false,
    })
    expect(nextTransition(old, defaultPolicy, [], now)).toMatchObject({ isDue: true })
  })

  it('counts from whatever came last, creation or traffic', () => {
    const backdated = { ...active, createdAt: ago(1), lastTrafficAt: ago(30) }
    expect(nextTransition(backdated, defaultPolicy, [], now)).toMatchObject({ isDue: false })
  })
})

describe('an inactive project', () => {
  it('is due seven days after its deactivation, and not a microsecond before', () => {
    const exactly = nextTransition({ ...inactive, deactivatedAt: ago(7) }, defaultPolicy, [], now)
    const before = nextTransition({ ...inactive, deactivatedAt: ago(7, -1) }, defaultPolicy, [], now)
    expect(exactly).toMatchObject({ stage: 'disable', to: 'permanently_disabled', dueAt: now, isDue: true })
    expect(before).toMatchObject({ stage: 'disable', isDue: false })
  })

  it('rests when nobody knows since when it sleeps', () => {
    const unknown = nextTransition({ ...inactive, deactivatedAt: null }, defaultPolicy, [], now)
    expect(unknown).toEqual({ kind: 'rest', reason: 'deactivation_unknown' })
  })
})

describe('what is never touched', () => {
  const longAgo = { lastTrafficAt: ago(90), deactivatedAt: ago(80), createdAt: ago(200) }
  it.each([
    ['paused', { status: 'paused' }, 'paused'],
    ['deleted', { status: 'deleted' }, 'deleted'],
    ['permanently disabled', { status: 'permanently_disabled' }, 'final'],
    ['a deleted team’s active project', { isTeamDeleted: true }, 'team_deleted'],
    ['a deleted team’s inactive project', { isTeamDeleted: true, status: 'inactive' }, 'team_deleted'],
    ['a paid active project', { planKind: 'paid' }, 'paid_plan'],
    ['a paid inactive project', { planKind: 'paid', status: 'inactive' }, 'paid_plan'],
    ['a lapsed active project', { planKind: 'lapsed' }, 'lapsed_plan'],
    ['a lapsed inactive project', { planKind: 'lapsed', status: 'inactive' }, 'lapsed_plan'],
    ['exempt for good', { exemption: { until: null } }, 'exempt'],
  ] as const)('%s', (_name, change, reason) => {
    expect(nextTransition({ ...active, ...longAgo, ...change }, defaultPolicy, [], now)).toEqual({
      kind: 'rest',
      reason,
    })
  })
})

it('sweeps lapsed paid plans if the policy says so', () => {
  const lapsed = { ...active, planKind: 'lapsed' as const, lastTrafficAt: ago(6) }
  expect(nextTransition(lapsed, { ...defaultPolicy, isLapsedPaidSwept: true }, [], now)).toMatchObject({ isDue: true })
})

it('waits for the end of an exemption, at both stages', () => {
  for (const facts of [
    { ...active, lastTrafficAt: ago(30) },
    { ...inactive, deactivatedAt: ago(30) },
  ]) {
    const until = addDays(now, 2)
    expect(nextTransition({ ...facts, exemption: { until } }, defaultPolicy, [], now)).toMatchObject({
      dueAt: until,
      isDue: false,
    })
    expect(nextTransition({ ...facts, exemption: { until: now } }, defaultPolicy, [], now)).toMatchObject({
      isDue: true,
    })
  }
})

describe('what nobody watched', () => {
  const spell = { from: ago(3), to: ago(2) }
  const visited = (lastTrafficAt: string) => ({ ...active, lastTrafficAt })

  it('counts as no time, at either stage', () => {
    expect(nextTransition(visited(ago(6)), defaultPolicy, [spell], now)).toMatchObject({ dueAt: now, isDue: true })
    expect(nextTransition(visited(ago(6, -1)), defaultPolicy, [spell], now)).toMatchObject({ isDue: false })
    const asleep = { ...inactive, deactivatedAt: ago(8) }
    expect(nextTransition(asleep, defaultPolicy, [spell], now)).toMatchObject({
      dueAt: now,
      unwatchedMicros: 86_400_000_000,
    })
  })

  it('counts from where the clock began, and no more once it has run out', () => {
    expect(nextTransition(visited(ago(2, 43_200_000_000)), defaultPolicy, [spell], now)).toMatchObject({
      dueAt: ago(-3),
      unwatchedMicros: 43_200_000_000,
    })
    expect(nextTransition(visited(ago(8)), defaultPolicy, [spell], now)).toMatchObject({
      dueAt: ago(3),
      isDue: true,
      unwatchedMicros: 0,
    })
  })

  it('counts up to now while it lasts', () => {
    const lasting = [{ from: ago(1), to: null }]
    expect(nextTransition(visited(ago(5, -1)), defaultPolicy, lasting, now)).toMatchObject({ dueAt: ago(-1, -1) })
    expect(nextTransition(visited(ago(6)), defaultPolicy, lasting, now)).toMatchObject({ dueAt: ago(1), isDue: true })
  })
})

it('tells a deadline at which it is due, whatever the project (property)', () => {
  const instant = fc.integer({ min: 0, max: 200 * 86_400 }).map((seconds) => ago(0, seconds * 1_000_000))
  fc.assert(
    fc.property(instant, fc.option(instant), fc.constantFrom('active', 'inactive'), (createdAt, traffic, status) => {
      const facts: ProjectFacts = { ...active, createdAt, lastTrafficAt: traffic, status, deactivatedAt: createdAt }
      const next = nextTransition(facts, defaultPolicy, [], now)
      expect(next.kind).toBe('transition')
      if (next.kind === 'rest') return
      const justBefore = microsToInstant(instantToMicros(next.dueAt) - 1)
      expect(nextTransition(facts, defaultPolicy, [], next.dueAt)).toMatchObject({ isDue: true })
      expect(nextTransition(facts, defaultPolicy, [], justBefore)).toMatchObject({ isDue: false })
    }),
  )
})
