import type { Database } from '../context.ts'

/** How long the active projects of the free plan have been idle. */
export interface IdleDays {
  /** How many days a bar stands for. */
  readonly daysPerBar: number
  /** Projects by idle time, the shortest first; the last one holds all that are idle for longer. */
  readonly bars: readonly number[]
  /** Idle for as many days, a project is due by now: the policy's days, and what nobody watched of them. */
  readonly thresholdDays: number
  /** What nobody watched of them. */
  readonly unwatchedDays: number
  /** How many are idle for so long. */
  readonly beyondThreshold: number
}

/** As many bars stand before the threshold at most; as many again behind it, and one for the rest. */
const maxBarsToThreshold = 14

/**
 * Counts the active projects of the free plan by the days since their last activity, exempt ones and those of deleted
 * teams among them, as the list of projects does.
 */
export async function readIdleDays(sql: Database): Promise<IdleDays> {
  const [policy] = await sql<{ days: number; thresholdDays: number }[]>`
    select y.inactive_after_days as days,
      (extract(epoch from (now() at time zone 'utc') - vigie.idle_cutoff(y.inactive_after_days)) / 86400)::float
        as "thresholdDays"
    from vigie.policy y`
  if (policy === undefined) throw new Error('the policy is gone')
  const { days, thresholdDays } = policy
  const daysPerBar = Math.ceil(days / maxBarsToThreshold)
  const lastBar = 2 * Math.ceil(days / daysPerBar)
  const rows = await sql<{ bar: number; projects: number; beyond: number }[]>`
    with bound as (
      -- Who was active until then has reached a bar: the last one first, so that the instants ascend.
      select array_agg((now() at time zone 'utc') - make_interval(days => b.bar * ${daysPerBar}::integer)
        order by b.bar desc) as active_until
      from generate_series(1, ${lastBar}::integer) as b (bar)
    )
    select ${lastBar}::integer - width_bucket(
        greatest(p.last_traffic_at, p.created_at) - interval '1 microsecond', (select b.active_until from bound b)) as bar,
      count(*)::integer as projects,
      count(*) filter (where greatest(p.last_traffic_at, p.created_at) <= (
        select vigie.idle_cutoff(y.inactive_after_days) from vigie.policy y))::integer as beyond
    from project p
    where p.status = 'active' and not exists (
      select from team_subscription s
      where s.team_id = p.team_id
        and s.plan_id <> all (array(select l.id from subscription_plan l where l.name = 'free')))
    group by 1`
  const counts = new Map(rows.map(({ bar, projects }) => [bar, projects]))
  return {
    daysPerBar,
    bars: Array.from({ length: lastBar + 1 }, (_, bar) => counts.get(bar) ?? 0),
    thresholdDays,
    unwatchedDays: Math.max(0, thresholdDays - days),
    beyondThreshold: rows.reduce((total, { beyond }) => total + beyond, 0),
  }
}
