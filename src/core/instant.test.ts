import fc from 'fast-check'
import { expect, it } from 'vitest'
import { addDays, daysBetween, instantToMicros, latestOf, microsToInstant } from './instant.ts'

const someMicros = fc.integer({ min: -2_000_000_000_000_000, max: 4_000_000_000_000_000 })

it('keeps microseconds both ways (property)', () => {
  fc.assert(fc.property(someMicros, (micros) => instantToMicros(microsToInstant(micros)) === micros))
})

it('orders as the clock does (property)', () => {
  fc.assert(
    fc.property(someMicros, someMicros, (a, b) => {
      expect(instantToMicros(latestOf(microsToInstant(a), microsToInstant(b)))).toBe(Math.max(a, b))
    }),
  )
})

it('counts days of 24 hours', () => {
  expect(addDays('2024-02-28T23:59:59.999999Z', 1)).toBe('2024-02-29T23:59:59.999999Z')
  expect(daysBetween('2026-03-01T00:00:00.000Z', '2026-03-05T23:59:59.999Z')).toBe(4)
  expect(daysBetween('2026-03-02T00:00:00.000Z', '2026-03-01T00:00:00.000Z')).toBe(0)
})

it.each(['', 'now', '2026-03-01', '2026-03-01T00:00:00Z', '2026-13-01T00:00:00.000Z', '2026-03-01T00:00:00.000+01'])(
  'refuses %j',
  (text) => {
    expect(() => instantToMicros(text)).toThrow(RangeError)
  },
)
