import { describe, expect, it } from 'vitest'
import { createFormats } from './formats.ts'

const english = createFormats('en-GB', 'Europe/Paris')
const french = createFormats('fr-FR', 'Europe/Paris')
const now = '2026-11-23T12:00:00.000Z'
const seconds = (count: number) => count * 1_000_000
/** Locale data uses several kinds of spaces; which one is not ours to say. */
const plain = (text: string) => text.replace(/[\u00a0\u202f\u2009]/g, ' ')

describe('times', () => {
  it('are exact in the reader’s zone, and in UTC beside it', () => {
    expect(english.exact('2026-11-24T02:00:00.000001Z')).toBe('24 Nov 2026, 03:00')
    expect(english.utc('2026-11-24T02:00:00.000Z')).toBe('24 Nov 2026, 02:00:00 UTC')
    expect(english.utcTime('2026-11-24T02:00:00.000Z')).toBe('02:00 UTC')
    expect(plain(french.exact('2026-11-24T02:00:00.000Z'))).toBe('24 nov. 2026, 03:00')
  })

  it.each([
    ['2026-11-23T11:59:55.000Z', 'now', 'maintenant'],
    ['2026-11-23T11:58:59.000Z', '1 minute ago', 'il y a 1 minute'],
    ['2026-11-17T11:00:00.000Z', '6 days ago', 'il y a 6 jours'],
    ['2026-11-23T15:30:00.000Z', 'in 3 hours', 'dans 3 heures'],
  ])('%s is told from now', (instant, inEnglish, inFrench) => {
    expect(english.relative(instant, now)).toBe(inEnglish)
    expect(plain(french.relative(instant, now))).toBe(inFrench)
  })
})

describe('a duration', () => {
  it.each([
    [0, '< 1 sec', '< 1 s'],
    [seconds(0.9), '< 1 sec', '< 1 s'],
    [seconds(59), '59 secs', '59 s'],
    [seconds(60), '1 min', '1 min'],
    [seconds(3_725), '1 hr 2 mins', '1 h 2 min'],
    [seconds(2 * 86_400 + 4 * 3_600 + 12 * 60 + 9), '2 days 4 hrs 12 mins', '2 j 4 h 12 min'],
    [seconds(86_400 + 30), '1 day', '1 j'],
  ])('of %d microseconds shows its largest units', (micros, inEnglish, inFrench) => {
    expect(plain(english.duration(micros))).toBe(inEnglish)
    expect(plain(french.duration(micros))).toBe(inFrench)
  })
})

it('numbers are written as the reader writes them', () => {
  expect(english.number(1_234_567)).toBe('1,234,567')
  expect(plain(french.number(1_234_567))).toBe('1 234 567')
  expect(english.percent(0.083)).toBe('8.3%')
  expect(english.list(['a', 'b', 'c'])).toBe('a, b and c')
})
