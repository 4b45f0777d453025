import cronParser from 'cron-parser'
import { type Instant, instantToMicros, microsToInstant } from '../instant.ts'

/** What happens by itself, and the column of `vigie.policy` that says when. */
export const jobs = ['sweep', 'cleanup', 'counts', 'pruning'] as const
export type Job = (typeof jobs)[number]

/** Cron expressions of five fields, in UTC. */
export type Schedules = Readonly<Record<Job, string>>

/** The last instant at or before `now` at which a schedule was due. Throws an Error for what is no cron expression. */
export function lastTick(schedule: string, now: Instant): Instant {
  // The parser looks strictly before its date and knows milliseconds: a tick of this very instant counts as reached.
  const justAfter = new Date(Math.floor(instantToMicros(now) / 1000) + 1)
  return toInstant(parse(schedule, justAfter).prev().toDate())
}

/** The first instant after `now` at which a schedule is due. Throws an Error for what is no cron expression. */
export function nextTick(schedule: string, now: Instant): Instant {
  return toInstant(
    parse(schedule, new Date(Math.floor(instantToMicros(now) / 1000)))
      .next()
      .toDate(),
  )
}

function parse(schedule: string, currentDate: Date) {
  return cronParser.parseExpression(schedule, { currentDate, utc: true })
}

function toInstant(date: Date): Instant {
  return microsToInstant(date.getTime() * 1000)
}
