import { addDays, type Instant, instantToMicros } from './instant.ts'

/** When a daily job is due, in UTC. */
export interface DailyTick {
  readonly hour: number
  readonly minute: number
}

/** When the nightly sweep is due, by the platform's rules; nothing runs it by itself yet. */
export const sweepTickUtc: DailyTick = { hour: 2, minute: 0 }

/** The first instant after `now` at which a daily job is due. */
export function nextDailyTick(tick: DailyTick, now: Instant): Instant {
  const time = [tick.hour, tick.minute].map((part) => String(part).padStart(2, '0')).join(':')
  const today: Instant = `${now.slice(0, 10)}T${time}:00.000Z`
  return instantToMicros(today) > instantToMicros(now) ? today : addDays(today, 1)
}
