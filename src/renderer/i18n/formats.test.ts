import { describe, expect, it } from 'vitest'
import { createFormats } from './formats.ts'

const english = createFormats('en-GB', 'Europe/Paris')
const french = createFormats('fr-FR', 'Europe/Paris')
const now = '2026-11-23T12:00:00.000Z'
const sweep = '2026-11-26T02:00:00.000Z'
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

describe.each([
  ['Asia/Kolkata', '26 Nov 2026, 07:30', 'GMT+5:30'],
  ['America/New_York', '25 Nov 2026, 21:00', 'GMT-5'],
  ['Europe/Paris', '26 Nov 2026, 03:00', 'CET'],
  ['UTC', '26 Nov 2026, 02:00', 'UTC'],
])('the sweep of 02:00 UTC, read in %s', (zone, there, name) => {
  it.each(['en-GB', 'en-US', 'fr-FR', 'fr-CA'])('%s says whose hour it is', (locale) => {
    const formats = createFormats(locale, zone)
    expect(formats.deadline(sweep)).toMatch(/ (UTC|CET|GMT|EST)([+−-]\d{1,2}(:\d{2})?)?$| (UTC|HNE|CET)/)
    expect(plain(formats.utcTime(sweep))).toMatch(/^02( h |:)00 UTC$/)
  })

  it('is a deadline with the name of the zone', () => {
    const formats = createFormats('en-GB', zone)
    expect(formats.deadline(sweep)).toBe(`${there} ${name}`)
    expect(formats.exact(sweep)).toBe(there)
    expect(formats.utc(sweep)).toBe('26 Nov 2026, 02:00:00 UTC')
  })
})

it('an hour that a clock shows twice is told apart, and one that it skips is not shown', () => {
  const formats = createFormats('en-GB', 'America/New_York')
  expect(formats.deadline('2026-11-01T05:30:00.000Z')).toBe('1 Nov 2026, 01:30 GMT-4')
  expect(formats.deadline('2026-11-01T06:30:00.000Z')).toBe('1 Nov 2026, 01:30 GMT-5')
  expect(formats.deadline('2026-03-08T06:59:00.000Z')).toBe('8 Mar 2026, 01:59 GMT-5')
  expect(formats.deadline('2026-03-08T07:00:00.000Z')).toBe('8 Mar 2026, 03:00 GMT-4')
  const paris = createFormats('fr-FR', 'Europe/Paris')
  expect(plain(paris.deadline('2026-10-25T00:30:00.000Z'))).toBe('25 oct. 2026, 02:30 UTC+2')
  expect(plain(paris.deadline('2026-10-25T01:30:00.000Z'))).toBe('25 oct. 2026, 02:30 UTC+1')
})

it('the zone is the machine’s unless one is given, and has a name', () => {
  expect(createFormats('en-GB').zone).toBe(Intl.DateTimeFormat().resolvedOptions().timeZone)
  expect(createFormats('en-GB', 'America/New_York').zone).toBe('America/New_York')
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
