import { describe, expect, it } from 'vitest'
import { addDays, instantToMicros, microsToInstant } from '../instant.ts'
import { defaultPolicy } from '../policy.ts'
import { checkWatch, type IntakeFigures, type WatchFigures } from './watch-brakes.ts'

const now = '2026-03-10T02:00:00.000Z'
const secondsAgo = (seconds: number) => microsToInstant(instantToMicros(now) - seconds * 1_000_000)

const name = { machine: 'edge-1', kind: 'access_log', source: '/var/log/access.log' } as const
const well: IntakeFigures = {
  ...name,
  enrolledAt: addDays(now, -20),
  flushedAt: secondsAgo(0),
  coveredUntil: secondsAgo(3),
  watchedSince: addDays(now, -20),
  hits: 1_000,
  usualHits: 1_100,
}
const night: WatchFigures = {
  now,
  isUnattended: true,
  idleCutoff: addDays(now, -5),
  flushAskedAt: secondsAgo(2),
  intakes: [well],
}

const check = (figures: Partial<WatchFigures>, policy: Partial<typeof defaultPolicy> = {}) =>
  checkWatch({ ...night, ...figures }, { ...defaultPolicy, ...policy })
const checkOne = (intake: Partial<IntakeFigures>, policy: Partial<typeof defaultPolicy> = {}) =>
  check({ intakes: [{ ...well, ...intake }] }, policy)

it('an intake that works stops nothing', () => {
  expect(check({})).toEqual([])
})

describe('not watched', () => {
  it('stops an unattended sweep until an intake has watched as long as a project may be idle', () => {
    expect(checkOne({ watchedSince: night.idleCutoff })).toEqual([])
    const young = addDays(now, -4)
    expect(checkOne({ watchedSince: young })).toEqual([{ brake: 'not_watched', days: 5, intake: name, since: young }])
    expect(check({ intakes: [] })).toEqual([{ brake: 'not_watched', days: 5, intake: null, since: null }])
    expect(checkOne({ watchedSince: null })).toMatchObject([{ brake: 'not_watched', intake: null }])
  })

  it('waits longer where nobody watched meanwhile', () => {
    expect(check({ idleCutoff: addDays(now, -21) })).toMatchObject([{ brake: 'not_watched', since: addDays(now, -20) }])
  })

  it('asks for one intake, the one that has watched longest', () => {
    const young = { ...well, source: 'other', watchedSince: addDays(now, -1) }
    expect(check({ intakes: [young, well] })).toEqual([])
    const older = { ...young, source: 'older', watchedSince: addDays(now, -2) }
    expect(check({ intakes: [young, older] })).toMatchObject([{ intake: { source: 'older' } }])
  })

  it('does not stop a person, nor where it is switched off', () => {
    expect(check({ intakes: [], isUnattended: false })).toEqual([])
    expect(check({ intakes: [] }, { isWatchRequired: false })).toEqual([])
  })
})

describe('a silent intake', () => {
  it('stops any sweep once it is longer than the policy says', () => {
    const flushedAt = secondsAgo(3_601)
    for (const isUnattended of [true, false]) {
      expect(check({ isUnattended, intakes: [{ ...well, flushedAt }] })).toEqual([
        { brake: 'intake_silent', intake: name, since: flushedAt },
      ])
    }
    expect(checkOne({ flushedAt: secondsAgo(3_600) })).toMatchObject([{ brake: 'intake_behind' }])
  })

  it('counts from its enrolment when it was never heard of since', () => {
    const figures = { flushedAt: null, enrolledAt: secondsAgo(7_200) }
    expect(checkOne(figures)).toMatchObject([{ brake: 'intake_silent', since: secondsAgo(7_200) }])
    expect(checkOne({ flushedAt: secondsAgo(9_000), enrolledAt: secondsAgo(30) })).toMatchObject([
      { brake: 'intake_behind' },
    ])
  })
})

describe('an intake that is behind', () => {
  it('has not answered, or is over a minute behind the question', () => {
    expect(checkOne({ coveredUntil: secondsAgo(62) })).toEqual([])
    expect(checkOne({ coveredUntil: secondsAgo(63) })).toEqual([
      { brake: 'intake_behind', intake: name, since: secondsAgo(63) },
    ])
    expect(checkOne({ flushedAt: secondsAgo(3) })).toMatchObject([{ brake: 'intake_behind', since: secondsAgo(3) }])
    expect(checkOne({ coveredUntil: null })).toMatchObject([{ brake: 'intake_behind', since: null }])
  })
})

describe('an intake that sees little', () => {
  it('stops below the share of its usual hits', () => {
    expect(checkOne({ hits: 330 })).toEqual([])
    expect(checkOne({ hits: 329 })).toEqual([
      { brake: 'intake_low', intake: name, since: addDays(now, -1), hits: 329, usual: 1_100 },
    ])
    expect(checkOne({ hits: 0 }, { intakePercent: 0 })).toEqual([])
  })

  it('is not told from a quiet one without a usual', () => {
    expect(checkOne({ hits: 0, usualHits: null })).toEqual([])
    expect(checkOne({ hits: 0, usualHits: 99 })).toEqual([])
    expect(checkOne({ hits: 0, usualHits: 100 })).toMatchObject([{ brake: 'intake_low' }])
  })
})
