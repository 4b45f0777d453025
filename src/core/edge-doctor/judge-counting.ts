import type { Instant } from '../instant.ts'
import type { Intake } from '../watch/intakes.ts'
import { type Finding, failed, ok } from './edge-step.ts'

export interface CountingReading {
  readonly intakes: readonly Intake[]
  /** The database's. */
  readonly now: Instant
}

/** An intake that flushed within it counts at present: each does so every ten seconds. */
const countingMs = 300_000

/** Whether requests to one machine are counted by one way only: its access log sees what forward auth is asked about. */
export function judgeCounting({ intakes, now }: CountingReading, machine: string): Finding {
  const counting = intakes.filter(
    (intake) =>
      intake.machine === machine &&
      intake.retiredAt === null &&
      intake.flushedAt !== null &&
      Date.parse(now) - Date.parse(intake.flushedAt) < countingMs,
  )
  const sourceOf = (kind: Intake['kind']) => counting.find((intake) => intake.kind === kind)?.source
  const [accessLog, forwardAuth] = [sourceOf('access_log'), sourceOf('forward_auth')]
  if (accessLog !== undefined && forwardAuth !== undefined) {
    return failed(
      `The access log “${accessLog}” and forward auth at ${forwardAuth} both count here. If they see the same requests, ` +
        'each counts twice: start the agent without --forward-auth, or without --access-log.',
    )
  }
  if (accessLog !== undefined) return ok(`The access log “${accessLog}” counts here.`)
  if (forwardAuth !== undefined) return ok(`Forward auth at ${forwardAuth} counts here.`)
  return ok('No agent counts on this machine yet.')
}
