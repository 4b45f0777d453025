import fc from 'fast-check'
import { expect, it } from 'vitest'
import { endOfDay } from './exemption-until.ts'
import { instantToMicros, microsPerDay } from './instant.ts'

it('a day is exempt to its end, in UTC (property)', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 80_000 }), (days) => {
      const day = new Date(days * 86_400_000).toISOString().slice(0, 10)
      expect(instantToMicros(endOfDay(day) ?? '')).toBe((days + 1) * microsPerDay - 1)
    }),
  )
})

it.each(['', '2026-02-30', '2026-13-01', '2026-2-3', '12.12.2026', '2026-12-12T10:00:00Z'])(
  '“%s” is no day',
  (text) => {
    expect(endOfDay(text)).toBeUndefined()
  },
)
