import { type Finding, failed, ok } from './edge-step.ts'

/** A question to the database for its time. All in milliseconds since 1970; `askedAt` and `answeredAt` are this machine's. */
export interface ClockReading {
  readonly askedAt: number
  readonly databaseAt: number
  readonly answeredAt: number
}

/** Far below the minute of silence that a watch bears, and above what a slow connection makes of a good clock. */
const maxSkewMs = 5_000

/** Whether this machine's clock agrees with the database's, which is taken to have answered midway. */
export function judgeClock(reading: ClockReading): Finding {
  const skewMs = skewOf(reading)
  const seconds = `${(Math.abs(skewMs) / 1000).toFixed(1)} s`
  if (Math.abs(skewMs) < maxSkewMs) return ok(`They are ${seconds} apart.`)
  return failed(
    `This machine’s clock is ${seconds} ${skewMs > 0 ? 'behind' : 'ahead of'} the database’s. ` +
      'Let both be set by NTP (timedatectl set-ntp true).',
  )
}

/** By how many milliseconds the database's clock is ahead of this machine's; negative: behind. */
export function skewOf({ askedAt, databaseAt, answeredAt }: ClockReading): number {
  return databaseAt - (askedAt + answeredAt) / 2
}
