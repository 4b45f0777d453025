import { describe, expect, it } from 'vitest'
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
