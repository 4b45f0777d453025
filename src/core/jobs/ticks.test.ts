import { afterEach, describe, expect, it, vi } from 'vitest'
import { addDays } from '../instant.ts'
import { lastTick, nextTick } from './ticks.ts'

describe('ticks of 02:00', () => {
  it.each([
    ['the instant itself counts as reached', '2026-03-01T02:00:00.000Z', '2026-03-01T02:00:00.000Z'],
    ['a microsecond before is the day before', '2026-03-01T01:59:59.999999Z', '2026-02-28T02:00:00.000Z'],
    ['a microsecond after is the same day', '2026-03-01T02:00:00.000001Z', '2026-03-01T02:00:00.000Z'],
    ['29 February', '2028-02-29T23:00:00.000Z', '2028-02-29T02:00:00.000Z'],
    ['the night of daylight saving in Paris', '2026-03-29T03:30:00.000Z', '2026-03-29T02:00:00.000Z'],
    ['and in New York', '2026-11-01T06:30:00.000Z', '2026-11-01T02:00:00.000Z'],
    ['across a year', '2027-01-01T00:30:00.000Z', '2026-12-31T02:00:00.000Z'],
  ])('%s', (_name, now, expected) => {
    expect(lastTick('0 2 * * *', now)).toBe(expected)
  })

  it('the next one is after now', () => {
    expect(nextTick('0 2 * * *', '2026-03-01T02:00:00.000Z')).toBe('2026-03-02T02:00:00.000Z')
    expect(nextTick('0 2 * * *', '2026-03-01T01:59:59.999999Z')).toBe('2026-03-01T02:00:00.000Z')
  })

  it('one tick a day, over two years', () => {
    let now = '2027-06-01T00:00:00.000Z'
    const days = new Set<string>()
    for (let tick = 0; tick < 731; tick += 1) {
      now = nextTick('0 2 * * *', now)
      expect(now.slice(11)).toBe('02:00:00.000Z')
      days.add(now.slice(0, 10))
    }
    expect(days.size).toBe(731)
    expect(days.has('2028-02-29')).toBe(true)
  })
})

/** The ticks that somebody finds who looks every two hours or so from one instant to another. */
function findTicks(schedule: string, from: string, to: string, everyMinutes = 131): string[] {
  const ticks: string[] = []
  for (let at = Date.parse(from); at <= Date.parse(to); at += everyMinutes * 60_000) {
    const tick = lastTick(schedule, new Date(at).toISOString())
    if (ticks.at(-1) !== tick) ticks.push(tick)
  }
  return ticks
}

describe.each(['Europe/Paris', 'America/New_York'])('on a machine in %s', (zone) => {
  afterEach(() => vi.unstubAllEnvs())

  it.each([
    ['the night in which clocks go forward in Paris', '2026-03-29'],
    ['the night in which they go back there', '2026-10-25'],
    ['the night in which clocks go forward in New York', '2026-03-08'],
    ['the night in which they go back there', '2026-11-01'],
    ['29 February', '2028-02-29'],
    ['the day after it', '2028-03-01'],
    ['28 February of a year without it', '2027-02-28'],
    ['the last day of a year', '2026-12-31'],
  ])('%s has one tick of each job, at its time in UTC', (_name, day) => {
    vi.stubEnv('TZ', zone)
    for (const [schedule, time] of [
      ['5 0 * * *', '00:05'],
      ['0 2 * * *', '02:00'],
      ['30 2 * * *', '02:30'],
      ['59 23 * * *', '23:59'],
    ] as const) {
      const tick = `${day}T${time}:00.000Z`
      const found = findTicks(schedule, addDays(`${day}T00:00:00.000Z`, -1), addDays(`${day}T23:59:59.000Z`, 1))
      expect(found.filter((instant) => instant.startsWith(day))).toEqual([tick])
      expect(nextTick(schedule, `${day}T00:00:00.000Z`)).toBe(tick)
    }
  })

  it('a clock that is set back by an hour comes to the same ticks again, and to no other', () => {
    vi.stubEnv('TZ', zone)
    const before = findTicks('0 2 * * *', '2026-03-28T12:00:00.000Z', '2026-03-29T02:30:00.000Z', 15)
    const again = findTicks('0 2 * * *', '2026-03-29T01:30:00.000Z', '2026-03-29T04:00:00.000Z', 15)
    expect(new Set([...before, ...again])).toEqual(new Set(before))
    expect(before).toEqual(['2026-03-28T02:00:00.000Z', '2026-03-29T02:00:00.000Z'])
  })
})
