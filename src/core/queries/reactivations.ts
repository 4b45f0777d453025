import type { Database } from '../context.ts'

/** Projects that became active again in a week, by who woke them. */
export interface ReactivationWeek {
  /** Its Monday, in UTC: `2026-11-23`. */
  readonly monday: string
  /** By a person: staff, or an owner with the link of a mail. */
  readonly byPeople: number
  /** Since the team moved to a paid plan. */
  readonly byUpgrade: number
}

const weeks = 12

/** Reactivations on record, week by week, the oldest first; the last week is under way. */
export function readReactivations(sql: Database): Promise<ReactivationWeek[]> {
  return sql<ReactivationWeek[]>`
    select w.monday::date::text as monday,
      count(e.id) filter (where e.kind = 'reactivated')::integer as "byPeople",
      count(e.id) filter (where e.kind = 'woken_by_upgrade')::integer as "byUpgrade"
    from (select date_trunc('week', now() at time zone 'utc') as this_week) now_utc
    cross join lateral generate_series(this_week - make_interval(weeks => ${weeks - 1}::integer), this_week, '7 days') w (monday)
    left join (
      select e.id, e.kind, date_trunc('week', e.created_at at time zone 'utc') as monday
      from vigie.event e
      where e.kind in ('reactivated', 'woken_by_upgrade')
        and e.created_at >= date_trunc('week', now() at time zone 'utc') at time zone 'utc'
          - make_interval(weeks => ${weeks - 1}::integer)
    ) e on e.monday = w.monday
    group by w.monday order by w.monday`
}
