import { expect, it } from 'vitest'
import { nextNights, nextTicks } from './next-ticks.ts'

const schedules = { sweep: '0 2 * * *', cleanup: '0 3 * * *', counts: '5 0 * * *', pruning: '30 0 * * *' }
const facts = { schedules, now: '2026-11-23T01:00:00.000000Z', isSweepOff: false, lastSweepTick: null } as const

it('each job has its own next tick', () => {
  expect(nextTicks(facts)).toEqual({
    sweep: '2026-11-23T02:00:00.000Z',
    cleanup: '2026-11-23T03:00:00.000Z',
    counts: '2026-11-24T00:05:00.000Z',
    pruning: '2026-11-24T00:30:00.000Z',
  })
})

it('a sweep that is switched off is never due; the other jobs are', () => {
  expect(nextTicks({ ...facts, isSweepOff: true })).toMatchObject({ sweep: null, cleanup: '2026-11-23T03:00:00.000Z' })
})

it('a day that had its sweep has no second one after the schedule was moved', () => {
  const moved = { ...facts, lastSweepTick: '2026-11-23T00:30:00.000000Z' } as const
  expect(nextTicks(moved).sweep).toBe('2026-11-24T02:00:00.000Z')
  expect(nextTicks({ ...moved, lastSweepTick: '2026-11-22T02:00:00.000000Z' }).sweep).toBe('2026-11-23T02:00:00.000Z')
})

it('nights follow the schedule, one a day at most', () => {
  const { now } = facts
  const daily = nextNights({ schedule: '0 2 * * *', now, lastSweepTick: null, nights: 3 })
  expect(daily.map((at) => at.slice(0, 16))).toEqual(['2026-11-23T02:00', '2026-11-24T02:00', '2026-11-25T02:00'])
  const hourly = nextNights({ schedule: '0 * * * *', now, lastSweepTick: '2026-11-23T00:00:00.000000Z', nights: 2 })
  expect(hourly.map((at) => at.slice(0, 16))).toEqual(['2026-11-24T00:00', '2026-11-25T00:00'])
})
