/** The brakes that ask whether traffic was seen at all: of each intake, and of all together. */
import type { Database } from '../context.ts'
import { addDays, type Instant, instantToMicros, latestOf } from '../instant.ts'
import type { Policy } from '../policy.ts'
import type { IntakeName } from '../watch/intakes.ts'

export type WatchPolicy = Pick<Policy, 'inactiveAfterDays' | 'isWatchRequired' | 'watchGapMinutes' | 'intakePercent'>

/** An intake that is enrolled, as the brakes see it. */
export interface IntakeFigures extends IntakeName {
  readonly enrolledAt: Instant
  readonly flushedAt: Instant | null
  readonly coveredUntil: Instant | null
  /** Where the first span of its enrolment begins. */
  readonly watchedSince: Instant | null
  /** Of the last 24 hours; those that are excluded are among them, so that an exclusion is no loss. */
  readonly hits: number
  /** In 24 hours, by the seven days before; null with less than three days of them. */
  readonly usualHits: number | null
}

export interface WatchFigures {
  readonly now: Instant
  /** Nobody watches the sweep itself. */
  readonly isUnattended: boolean
  /** Since when a project must have been idle to be due in the first stage. */
  readonly idleCutoff: Instant
  /** When the intakes were asked to flush; null: none is enrolled. */
  readonly flushAskedAt: Instant | null
  readonly intakes: readonly IntakeFigures[]
}

export type WatchBrake =
  /** The intake that has watched longest, and since when; null: none has. */
  | {
      readonly brake: 'not_watched'
      readonly days: number
      readonly intake: IntakeName | null
      readonly since: Instant | null
    }
  | { readonly brake: 'intake_silent'; readonly intake: IntakeName; readonly since: Instant }
  | {
      readonly brake: 'intake_low'
      readonly intake: IntakeName
      readonly since: Instant
      readonly hits: number
      readonly usual: number
    }
  /** Since null: it has counted nothing yet. */
  | { readonly brake: 'intake_behind'; readonly intake: IntakeName; readonly since: Instant | null }

/** Of too few usual hits, a quiet day is no sign. */
const leastUsualHits = 100

/** How far what an intake has counted may be behind when it was asked to count all. */
const behindMicros = 60_000_000

const microsPerMinute = 60_000_000

/**
 * The brakes of the watch. A silent intake is not called behind as well. "Not watched" goes by the cut-off of the first
 * stage: a time that nobody watched extends this wait by as much as it extends the deadlines, or an intake would count as
 * proven that was away for half of the days.
 */
export function checkWatch(figures: WatchFigures, policy: WatchPolicy): WatchBrake[] {
  const brakes: WatchBrake[] = []
  if (figures.isUnattended && policy.isWatchRequired) {
    const longest = findLongest(figures.intakes)
    const since = longest?.watchedSince ?? null
    if (since === null || isBefore(figures.idleCutoff, since)) {
      brakes.push({ brake: 'not_watched', days: policy.inactiveAfterDays, intake: longest && nameOf(longest), since })
    }
  }
  for (const intake of figures.intakes) brakes.push(...checkIntake(intake, figures, policy))
  return brakes
}

function checkIntake(intake: IntakeFigures, figures: WatchFigures, policy: WatchPolicy): WatchBrake[] {
  const { now, flushAskedAt } = figures
  const name = nameOf(intake)
  const brakes: WatchBrake[] = []
  const heardAt = latestOf(intake.enrolledAt, intake.flushedAt)
  if (instantToMicros(now) - instantToMicros(heardAt) > policy.watchGapMinutes * microsPerMinute) {
    brakes.push({ brake: 'intake_silent', intake: name, since: heardAt })
  } else if (flushAskedAt !== null && isBehind(intake, flushAskedAt)) {
    brakes.push({ brake: 'intake_behind', intake: name, since: intake.coveredUntil })
  }
  const { hits, usualHits: usual } = intake
  if (usual !== null && usual >= leastUsualHits && hits * 100 < usual * policy.intakePercent) {
    brakes.push({ brake: 'intake_low', intake: name, since: addDays(now, -1), hits, usual })
  }
  return brakes
}

function findLongest(intakes: readonly IntakeFigures[]): IntakeFigures | null {
  let longest: IntakeFigures | null = null
  for (const intake of intakes) {
    if (intake.watchedSince === null) continue
    const best = longest?.watchedSince ?? null
    if (best === null || isBefore(intake.watchedSince, best)) longest = intake
  }
  return longest
}

/** It did not answer, or answered with less than all there was until then. */
function isBehind({ flushedAt, coveredUntil }: IntakeFigures, askedAt: Instant): boolean {
  if (flushedAt === null || coveredUntil === null || isBefore(flushedAt, askedAt)) return true
  return instantToMicros(coveredUntil) < instantToMicros(askedAt) - behindMicros
}

function isBefore(a: Instant, b: Instant): boolean {
  return instantToMicros(a) < instantToMicros(b)
}

function nameOf({ machine, kind, source }: IntakeName): IntakeName {
  return { machine, kind, source }
}

/** Reads what the brakes of the watch look at. `flushAskedAt`: by `askFlush`, before. */
export async function readWatchFigures(
  sql: Database,
  asked: Pick<WatchFigures, 'isUnattended' | 'flushAskedAt'>,
): Promise<WatchFigures> {
  const [times] = await sql<Pick<WatchFigures, 'now' | 'idleCutoff'>[]>`
    select clock_timestamp() as now, vigie.idle_cutoff(y.inactive_after_days) as "idleCutoff" from vigie.policy y`
  if (times === undefined) throw new Error('the policy is gone')
  const intakes = await sql<IntakeFigures[]>`
    select i.machine, i.kind, i.source, i.enrolled_at as "enrolledAt", i.flushed_at as "flushedAt",
      i.covered_until as "coveredUntil",
      (select min(s.span_from) from vigie.watch_span s
        where s.intake_id = i.id and s.span_to >= i.enrolled_at) as "watchedSince",
      (select coalesce(sum(h.hits), 0)::bigint from vigie.intake_hour h
        where h.intake_id = i.id and h.hour > now() - interval '24 hours') as hits,
      (select case when min(h.hour) <= now() - interval '4 days' then round(
          sum(h.hits) * 86400 / extract(epoch from now() - interval '24 hours' - min(h.hour)))::bigint end
        from vigie.intake_hour h
        where h.intake_id = i.id and h.hour >= date_trunc('hour', i.enrolled_at)
          and h.hour > now() - interval '8 days' and h.hour <= now() - interval '24 hours') as "usualHits"
    from vigie.intake i where i.retired_at is null order by i.id`
  return { ...times, ...asked, intakes }
}
