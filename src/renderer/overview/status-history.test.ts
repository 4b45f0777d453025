import { expect, it } from 'vitest'
import { changeSince, dayFrom, fillDays, weekAgo } from './status-history.ts'

const today = '2026-03-03'
const dayOf = (day: string, active = 10) => ({ day, active, inactive: 2, permanentlyDisabled: 1, paused: 0 })

it('days are counted in UTC, over the end of a month', () => {
  expect(dayFrom(today, -3)).toBe('2026-02-28')
})

it('now is compared with the last day that ended a week ago', () => {
  const days = ['2026-02-20', '2026-02-22', '2026-02-23', '2026-02-24', '2026-03-02'].map((day) => dayOf(day))
  expect(weekAgo({ today, days })?.day).toBe('2026-02-23')
  expect(weekAgo({ today, days: days.slice(0, 2) })?.day).toBe('2026-02-22')
})

it('a day that is far from a week ago says nothing of it', () => {
  expect(weekAgo({ today, days: [dayOf('2026-02-20')] })).toBeNull()
  expect(weekAgo({ today, days: [dayOf('2026-02-24')] })).toBeNull()
})

it('the change is that of the status; deleted projects are not followed', () => {
  expect(changeSince(dayOf('2026-02-23', 7), 'active', 10)).toBe(3)
  expect(changeSince(dayOf('2026-02-23'), 'permanently_disabled', 0)).toBe(-1)
  expect(changeSince(dayOf('2026-02-23'), 'deleted', 5)).toBeNull()
  expect(changeSince(null, 'active', 5)).toBeNull()
})

it('days that nobody counted stand between the others without counts; none stands before the first', () => {
  const days = [dayOf('2026-02-28'), dayOf('2026-03-02')]
  expect(fillDays({ today, days }, 30)).toEqual([days[0], { day: '2026-03-01' }, days[1]])
  expect(fillDays({ today, days }, 1)).toEqual([days[1]])
  expect(fillDays({ today, days: [] }, 30)).toEqual([])
})
