/**
 * The last sweep, as what a preview is compared with.
 *
 * It is the latest run of the job `sweep` that looked at all that was due: one that was done, also in part, a stored
 * preview, or one that a brake held; none that was cancelled or failed, none of named teams alone (canary), and no release,
 * which carries out the list of an earlier one. Its *list* of a stage is what was due then: the list that was kept of a
 * preview or a hold; of a sweep that wrote, whom it moved, whom it left alone since nobody was told, and whom it failed at
 * (the first hundred). One that it skipped, since somebody else was changing it, is on no list.
 *
 * *New since then*: due now, and not on that list. *Gone since then*: on that list, and not due now.
 */
import type { Fragment } from 'postgres'
import type { Database } from '../context.ts'
import type { Instant } from '../instant.ts'
import type { Stage } from '../policy.ts'

export interface LastSweep {
  readonly runId: number
  readonly at: Instant
  readonly kind: 'sweep' | 'preview' | 'held'
}

/** Null: there was none yet, or its list is kept no longer. */
export async function readLastSweep(sql: Database): Promise<LastSweep | null> {
  const [last] = await sql<(LastSweep & { listed: number })[]>`
    select r.id as "runId", r.started_at as at,
      case when r.is_preview then 'preview' when r.outcome = 'held' then 'held' else 'sweep' end as kind,
      case when h.id is null then r.deactivated + r.disabled else h.deactivated + h.disabled end as listed
    from vigie.job_run r left join vigie.hold h on h.run_id = r.id
    where r.job = 'sweep' and r.outcome in ('done', 'partial', 'held') and r.releases_hold_id is null
      and r.team_ids is null
    order by r.id desc limit 1`
  if (last === undefined) return null
  const { listed, ...sweep } = last
  return listed === 0 || (await hasList(sql, sweep.runId)) ? sweep : null
}

async function hasList(sql: Database, runId: number): Promise<boolean> {
  const [row] = await sql<{ isKept: boolean }[]>`
    select exists (select from vigie.run_project x where x.run_id = ${runId})
      or exists (select from vigie.event e where e.run_id = ${runId} and e.project_id is not null) as "isKept"`
  return row?.isKept === true
}

const kinds = { deactivate: 'deactivated', disable: 'permanently_disabled' } as const satisfies Record<Stage, string>
const clocks = { deactivate: 'lastActivityAt', disable: 'deactivatedAt' } as const satisfies Record<Stage, string>

/**
 * The list of a stage: project_id, team_id (null: the project is asked), and sort_at, since when its clock ran then (null:
 * not on record).
 */
export function selectList(sql: Database, { runId }: LastSweep, stage: Stage): Fragment {
  return sql`
    select distinct on (x.project_id) x.project_id, x.team_id, x.sort_at
    from (
      select k.project_id, null::varchar as team_id, k.sort_at
      from vigie.run_project k where k.run_id = ${runId} and k.stage = ${stage}
      union all
      select e.project_id, e.team_id, (e.before ->> ${clocks[stage]})::timestamptz at time zone 'utc'
      from vigie.event e where e.run_id = ${runId} and e.kind = ${kinds[stage]}
      union all
      select f.failure ->> 'projectId', null, null
      from vigie.job_run r, jsonb_array_elements(r.failures) as f (failure)
      where r.id = ${runId} and f.failure ->> 'stage' = ${stage}
    ) x
    order by x.project_id, x.sort_at desc nulls last`
}

/** Whether one project, by the expression of its id, is on the list of a stage: by index, for a page. */
export function isListed(sql: Database, { runId }: LastSweep, stage: Stage, id: Fragment): Fragment {
  return sql`(
    exists (
      select from vigie.run_project k where k.run_id = ${runId} and k.stage = ${stage} and k.project_id = ${id})
    or exists (
      select from vigie.event e
      where e.project_id = ${id} and e.run_id = ${runId} and e.kind = ${kinds[stage]})
    or exists (
      select from vigie.job_run j, jsonb_array_elements(j.failures) as f (failure)
      where j.id = ${runId} and f.failure ->> 'stage' = ${stage} and f.failure ->> 'projectId' = ${id}))`
}
