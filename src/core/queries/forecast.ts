import type { Fragment } from 'postgres'
import type { Database } from '../context.ts'
import type { Instant } from '../instant.ts'
import { readNextNights } from '../jobs/next-ticks.ts'
import type { Stage } from '../policy.ts'

/** What an unattended sweep would do if it did all that is due, in projects. */
export interface ForecastNight {
  readonly at: Instant
  readonly deactivated: number
  readonly disabled: number
}

const nightsAhead = 14

/** What the next nights would do by the schedule in force, whatever the mode. */
export async function readForecast(sql: Database): Promise<readonly ForecastNight[]> {
  const { nights } = await readNextNights(sql, nightsAhead)
  return await forecastNights(sql, nights)
}

/**
 * What sweeps at these instants, all to come and in their order, would do if nobody visited, reactivated or paid
 * meanwhile, and somebody watched. Who is due is `vigie.overdue`, asked of the last one; which of them takes a project is
 * told by the cut-offs of each, and by the end of an exemption. Whom one puts to sleep, a later one disables.
 */
export async function forecastNights(sql: Database, nights: readonly Instant[]): Promise<readonly ForecastNight[]> {
  const last = nights.at(-1)
  if (last === undefined) return []
  return await sql<ForecastNight[]>`
    with night as materialized (
      select n.number, n.at,
        vigie.idle_cutoff(y.inactive_after_days, n.at - now()) as idle_cutoff,
        vigie.idle_cutoff(y.disabled_after_days, n.at - now()) as sleep_cutoff
      from (select x.number::integer, x.at::timestamptz
        from unnest(${[...nights]}::text[]) with ordinality x (at, number)) n
      cross join vigie.policy y
    ),
    deactivated as materialized (${countByNight(sql, 'deactivate', last)}),
    disabled as (
      select s.number, sum(s.projects) as projects
      from (
        ${countByNight(sql, 'disable', last)}
        union all
        select (
          select min(later.number) from night later
          where later.number > slept.number and later.sleep_cutoff >= slept.at at time zone 'utc'
        ), d.projects
        from deactivated d join night slept using (number)
      ) s
      group by s.number
    )
    select n.at, coalesce(a.projects, 0)::integer as deactivated, coalesce(b.projects, 0)::integer as disabled
    from night n
    left join deactivated a using (number)
    left join disabled b using (number)
    order by n.number`
}

/**
 * The projects of a stage by the number of the night that takes them: the first whose cut-off has reached them, and that
 * comes when nothing exempts them any more.
 */
function countByNight(sql: Database, stage: Stage, last: Instant): Fragment {
  const cutoff = stage === 'deactivate' ? sql`n.idle_cutoff` : sql`n.sleep_cutoff`
  // As many as are before an instant, which is a number that width_bucket has for those up to it.
  const firstFrom = (at: Fragment, of: Fragment) =>
    sql`1 + width_bucket(${at} - interval '1 microsecond', (array(select ${of} from night n order by n.number)))`
  return sql`
    select greatest(
      ${firstFrom(sql`o.sort_at`, cutoff)},
      ${firstFrom(sql`p.until`, sql`n.at`)},
      ${firstFrom(sql`t.until`, sql`n.at`)}) as number, count(*) as projects
    from vigie.overdue(${stage}, ${last}::text::timestamptz - now()) o
    left join (${exemptUntil(sql, sql`e.project_id`)}) p on p.id = o.project_id
    left join (${exemptUntil(sql, sql`e.team_id`)}) t on t.id = o.team_id
    where o.is_due
    group by 1`
}

function exemptUntil(sql: Database, id: Fragment): Fragment {
  return sql`
    select ${id} as id, max(e.until) as until from vigie.exemption e
    where ${id} is not null and e.until > now() group by 1`
}
