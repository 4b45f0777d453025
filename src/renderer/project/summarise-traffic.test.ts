import { expect, it } from 'vitest'
import { en } from '../i18n/en.ts'
import { createFormats } from '../i18n/formats.ts'
import { fr } from '../i18n/fr.ts'
import { summariseTraffic } from './summarise-traffic.ts'

const day = (text: string, hits: number, excluded = 0) => ({ day: text, hits, excluded, became: [] })
const english = createFormats('en-GB')

it('says how much, on how many days, when most, and what did not count', () => {
  const days = [day('2026-11-22', 40, 3), day('2026-11-23', 0), day('2026-11-24', 1_200), day('2026-11-25', 7, 1)]
  expect(summariseTraffic(days, en.traffic, english)).toBe(
    '1,247 hits in the last 4 days, on 3 of them. Most on 24 Nov: 1,200. 4 more were excluded and did not count.',
  )
  expect(summariseTraffic(days, fr.traffic, createFormats('fr-FR'))).toContain('Maximum le 24 nov.')
})

it('says that there was none', () => {
  expect(summariseTraffic([day('2026-11-25', 0)], en.traffic, english)).toBe('No hit in the last 1 day.')
})
