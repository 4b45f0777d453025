import type { Database } from '../context.ts'

/** How many projects were in each status at the end of a UTC day; deleted ones are left out. */
export interface StatusDay {
  /** `2026-11-24`. */
  readonly day: string
  readonly active: number
  readonly inactive: number
  readonly permanentlyDisabled: number
  readonly paused: number
}

/** The days that were counted, of the last ones before today. */
export interface History {
  readonly today: string
  readonly days: readonly StatusDay[]
}

export const historyDays = 90

/** The daily counts of the last {@link historyDays} days, the oldest first. A day on which nobody counted is missing. */
export async function readHistory(sql: Database): Promise<History> {
  const [row] = await sql<History[]>`
    select (now() at time zone 'utc')::date::text as today, coalesce((
      select json_agg(d order by d.day)
      from (
        select s.day::text,
          coalesce(sum(s.projects) filter (where s.status = 'active'), 0) as active,
          coalesce(sum(s.projects) filter (where s.status = 'inactive'), 0) as inactive,
          coalesce(sum(s.projects) filter (where s.status = 'permanently_disabled'), 0) as "permanentlyDisabled",
          coalesce(sum(s.projects) filter (where s.status = 'paused'), 0) as paused
        from vigie.status_day s
        where s.day >= (now() at time zone 'utc')::date - ${historyDays}::integer
        group by s.day) d), '[]') as days`
  if (row === undefined) throw new Error('the history returned nothing')
  return row
}
