/** The brakes: checks that stop a sweep before it writes anything. Figures are read here, decided on by {@link checkBrakes}. */
import type { Database } from '../context.ts'
import type { Instant } from '../instant.ts'
import { type Policy, type Stage, stages } from '../policy.ts'
import { checkWatch, readWatchFigures, type WatchBrake, type WatchFigures, type WatchPolicy } from './watch-brakes.ts'

/** The thresholds of `vigie.policy` that the brakes go by. */
export type BrakePolicy = Pick<
  Policy,
  'silentProjects' | 'silentHours' | 'manyProjects' | 'manyPercent' | 'manyMedianFactor' | 'manyMedianProjects'
> &
  WatchPolicy

/** What the brakes look at, all by the database's clock. */
export interface BrakeFigures {
  readonly activeProjects: number
  /** Whether an active project saw traffic in the last `silentHours`; reactivations are not traffic. */
  readonly hasTraffic: boolean
  /** Active projects of free plans. */
  readonly activeFree: number
  readonly due: Readonly<Record<Stage, number>>
  /** Of the last 14 sweeps: ticks, and those by hand that moved something; none that was taken back. Null without any. */
  readonly median: Readonly<Record<Stage, number | null>>
  /** The heartbeat before the gap that nobody has looked at yet; null: there is none. */
  readonly gapSince: Instant | null
  /** Projects put to sleep by others since the last sweep; before the first one, ever. */
  readonly changedOutside: number
  readonly watch: WatchFigures
}

/** A brake that tripped, with the figures that made it. */
export type Brake =
  | { readonly brake: 'recorder_silent'; readonly activeProjects: number; readonly hours: number }
  | {
      readonly brake: 'too_many'
      readonly stage: Stage
      readonly due: number
      readonly activeFree: number
      readonly median: number | null
    }
  | { readonly brake: 'after_a_gap'; readonly since: Instant }
  | { readonly brake: 'changed_outside'; readonly projects: number }
  | WatchBrake

/**
 * The brakes that stop a sweep, each stage for itself; none: it may go on. Without anything due there is nothing to stop.
 * "Too many" is more than `manyProjects` and more than `manyPercent` of the active free projects, or more than
 * `manyMedianFactor` times the median of the last sweeps (which counts from `manyMedianProjects` on).
 */
export function checkBrakes(figures: BrakeFigures, policy: BrakePolicy): Brake[] {
  const brakes: Brake[] = []
  if (figures.due.deactivate + figures.due.disable === 0) return brakes
  const { activeProjects, activeFree, gapSince, changedOutside } = figures
  if (activeProjects >= policy.silentProjects && !figures.hasTraffic) {
    brakes.push({ brake: 'recorder_silent', activeProjects, hours: policy.silentHours })
  }
  for (const stage of stages) {
    const due = figures.due[stage]
    const median = figures.median[stage]
    const isLargePart = due > policy.manyProjects && due * 100 > activeFree * policy.manyPercent
    const isUnusual = median !== null && due > policy.manyMedianProjects && due > median * policy.manyMedianFactor
    if (isLargePart || isUnusual) brakes.push({ brake: 'too_many', stage, due, activeFree, median })
  }
  if (gapSince !== null) brakes.push({ brake: 'after_a_gap', since: gapSince })
  if (changedOutside > 0) brakes.push({ brake: 'changed_outside', projects: changedOutside })
  brakes.push(...checkWatch(figures.watch, policy))
  return brakes
}

/** The sweep that is looked at. */
export interface Braked {
  /** Of a sweep that touches their projects alone, only these count as due; null: all. */
  readonly teams: readonly string[] | null
  readonly isUnattended: boolean
  /** When the intakes were asked to flush; null: none is enrolled. */
  readonly flushAskedAt: Instant | null
}

/**
 * Reads what the brakes look at. Reads only; about as long as the counts of a preview.
 */
export async function readBrakeFigures(
  sql: Database,
  { teams, isUnattended, flushAskedAt }: Braked,
): Promise<{ figures: BrakeFigures; policy: BrakePolicy }> {
  const isOurs = teams === null ? sql`true` : sql`d.team_id = any (${[...teams]}::varchar[])`
  const [read] = await sql<(Omit<BrakeFigures, 'due' | 'median' | 'watch'> & Flat & BrakePolicy)[]>`
    with recent as (
      select r.deactivated, r.disabled from vigie.job_run r
      where r.job = 'sweep' and not r.is_preview and r.outcome in ('done', 'partial')
        -- A sweep by hand with nothing due says nothing of what is usual, nor does one that was wrong.
        and (r.tick is not null or r.deactivated + r.disabled > 0)
        and r.id not in (
          select v.reverts_run_id from vigie.job_run v where v.reverts_run_id is not null and v.deactivated + v.disabled > 0)
      order by r.id desc limit 14
    )
    select y.silent_projects as "silentProjects", y.silent_hours as "silentHours", y.many_projects as "manyProjects",
      y.many_percent as "manyPercent", y.many_median_factor as "manyMedianFactor",
      y.many_median_projects as "manyMedianProjects", y.inactive_after_days as "inactiveAfterDays",
      y.is_watch_required as "isWatchRequired", y.watch_gap_minutes as "watchGapMinutes",
      y.intake_percent as "intakePercent",
      (select count(*) from project p where p.status = 'active') as "activeProjects",
      exists (
        select from project p
        where p.status = 'active'
          and p.last_traffic_at > (now() at time zone 'utc') - make_interval(hours => y.silent_hours)
          and not exists (
            select from vigie.event e
            where e.project_id = p.id and e.created_at = p.last_traffic_at at time zone 'utc')) as "hasTraffic",
      (select count(*) from project p
        where p.status = 'active' and not exists (
          select from team_subscription s
          where s.team_id = p.team_id
            and s.plan_id <> all (array(select l.id from subscription_plan l where l.name = 'free')))) as "activeFree",
      (select count(*) from vigie.due('deactivate') d where ${isOurs}) as "dueDeactivate",
      (select count(*) from vigie.due('disable') d where ${isOurs}) as "dueDisable",
      (select percentile_cont(0.5) within group (order by r.deactivated) from recent r) as "medianDeactivate",
      (select percentile_cont(0.5) within group (order by r.disabled) from recent r) as "medianDisable",
      (select g.last_heartbeat_at from vigie.gap g where g.resolved_at is null) as "gapSince",
      vigie.outside_deactivations(coalesce((
        select max(r.started_at) from vigie.job_run r
        where r.job = 'sweep' and not r.is_preview and r.outcome in ('done', 'partial', 'cancelled')),
        '-infinity')) as "changedOutside"
    from vigie.policy y`
  if (read === undefined) throw new Error('the policy is gone')
  const { dueDeactivate, dueDisable, medianDeactivate, medianDisable, ...rest } = read
  return {
    figures: {
      ...rest,
      due: { deactivate: dueDeactivate, disable: dueDisable },
      median: { deactivate: medianDeactivate, disable: medianDisable },
      watch: await readWatchFigures(sql, { isUnattended, flushAskedAt }),
    },
    policy: rest,
  }
}

interface Flat {
  readonly dueDeactivate: number
  readonly dueDisable: number
  readonly medianDeactivate: number | null
  readonly medianDisable: number | null
}
