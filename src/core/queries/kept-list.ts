import type { Database } from '../context.ts'
import type { Instant } from '../instant.ts'
import type { Stage } from '../policy.ts'
import type { ProjectStatus } from '../project.ts'

/** A project on the kept list of a run, as it is now: of a stored preview, a hold, or whom a sweep found not told. */
export interface KeptProject {
  readonly projectId: string
  readonly projectName: string
  readonly teamName: string
  readonly status: ProjectStatus
  readonly lastActivityAt: Instant
  /** Due, but left alone by a sweep that nobody watches: no mail of its first stage has reached anybody. */
  readonly isNotTold: boolean
}

/** One page of a kept list, by project id; projects that the platform has deleted meanwhile are left out. */
export async function listKept(
  sql: Database,
  request: { runId: number; stage: Stage; isNotToldOnly: boolean; afterId: string | null; limit: number },
): Promise<{ projects: KeptProject[]; nextAfterId: string | null }> {
  const { runId, stage, isNotToldOnly, afterId, limit } = request
  const found = await sql<KeptProject[]>`
    select p.id as "projectId", p.name as "projectName", t.name as "teamName", p.status,
      greatest(p.last_traffic_at, p.created_at) as "lastActivityAt", x.is_not_told as "isNotTold"
    from vigie.run_project x
    join project p on p.id = x.project_id
    join team t on t.id = p.team_id
    where x.run_id = ${runId} and x.stage = ${stage} and x.project_id > ${afterId ?? ''}
      and (x.is_not_told or not ${isNotToldOnly})
    order by x.project_id limit ${limit + 1}`
  const projects = found.slice(0, limit)
  return { projects, nextAfterId: found.length > limit ? (projects.at(-1)?.projectId ?? null) : null }
}
