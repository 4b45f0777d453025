import { type Instant, instantToMicros } from '../../core/instant.ts'

/** Numbers and times as a reader of this locale writes them, in the zone of the reader's machine. */
export interface Formats {
  /** Of the reader's clock: "Europe/Paris". */
  readonly zone: string
  readonly number: (value: number) => string
  /** In little room: "12K". */
  readonly compact: (value: number) => string
  /** 0.125: "12.5%". */
  readonly percent: (ratio: number) => string
  /** Date and time in the reader's zone: "24 Nov 2026, 02:00". */
  readonly exact: (instant: Instant) => string
  /** The same with the zone's short name, for what has to happen by then: "24 Nov 2026, 03:00 CET". */
  readonly deadline: (instant: Instant) => string
  /** The same without the year, for tables: "24 Nov, 02:00". */
  readonly short: (instant: Instant) => string
  /** The same in UTC, to the second. */
  readonly utc: (instant: Instant) => string
  /** "02:00 UTC". */
  readonly utcTime: (instant: Instant) => string
  /** Of a day in UTC, `2026-11-24`: "24 Nov". */
  readonly day: (day: string) => string
  /** "6 days ago", "in 3 hours". */
  readonly relative: (instant: Instant, now: Instant) => string
  /** "2 days 4 hrs": the two largest units of it, three from a day up; "< 1 sec". */
  readonly duration: (micros: number) => string
  readonly list: (items: readonly string[]) => string
}

const microsPerSecond = 1_000_000

const units = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const

/** Formats of a locale (BCP 47). `timeZone`: an IANA name, for tests; by default the machine's. */
export function createFormats(locale: string, timeZone?: string): Formats {
  const zone = timeZone === undefined ? {} : { timeZone }
  const numbers = new Intl.NumberFormat(locale)
  const compact = new Intl.NumberFormat(locale, { notation: 'compact', maximumSignificantDigits: 3 })
  const percents = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 })
  const dateTime = { dateStyle: 'medium', hourCycle: 'h23' } as const
  const exact = new Intl.DateTimeFormat(locale, { ...dateTime, ...zone, timeStyle: 'short' })
  const short = new Intl.DateTimeFormat(locale, {
    ...zone,
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  const deadline = new Intl.DateTimeFormat(locale, {
    ...zone,
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'short',
  })
  const day = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone: 'UTC' })
  const utc = new Intl.DateTimeFormat(locale, { ...dateTime, timeStyle: 'medium', timeZone: 'UTC' })
  const utcTime = new Intl.DateTimeFormat(locale, { timeStyle: 'short', hourCycle: 'h23', timeZone: 'UTC' })
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'always' })
  const rightNow = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(0, 'second')
  const lists = new Intl.ListFormat(locale, { type: 'conjunction' })
  const unitFormats = units.map(
    ([unit]) => new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short' }),
  )

  return {
    zone: exact.resolvedOptions().timeZone,
    number: (value) => numbers.format(value),
    compact: (value) => compact.format(value),
    percent: (ratio) => percents.format(ratio),
    exact: (instant) => exact.format(toDate(instant)),
    deadline: (instant) => deadline.format(toDate(instant)),
    short: (instant) => short.format(toDate(instant)),
    utc: (instant) => `${utc.format(toDate(instant))} UTC`,
    utcTime: (instant) => `${utcTime.format(toDate(instant))} UTC`,
    day: (text) => day.format(new Date(`${text}T00:00:00Z`)),
    relative(instant, now) {
      const seconds = (instantToMicros(instant) - instantToMicros(now)) / microsPerSecond
      const [unit, size] = units.find(([, length]) => Math.abs(seconds) >= length) ?? (['second', 1] as const)
      if (unit === 'second' && Math.abs(seconds) < 10) return rightNow
      return relative.format(Math.trunc(seconds / size), unit)
    },
    duration(micros) {
      if (micros < microsPerSecond) return `< ${unitFormats.at(-1)?.format(1)}`
      let rest = Math.floor(micros / microsPerSecond)
      const values = units.map(([, size]) => {
        const value = Math.floor(rest / size)
        rest -= value * size
        return value
      })
      const from = values.findIndex((value) => value > 0)
      const written = values.map((value, index) => (value > 0 ? unitFormats[index]?.format(value) : undefined))
      const shown = written.slice(from, from + (from === 0 ? 3 : 2))
      return shown.filter((part) => part !== undefined).join(' ')
    },
    list: (items) => lists.format(items),
  }
}

function toDate(instant: Instant): Date {
  return new Date(instantToMicros(instant) / 1000)
}
