import type { Database } from '../context.ts'
import type { Instant } from '../instant.ts'

/** A container of a project, by the deployment that it runs. */
export interface ProjectContainer {
  readonly deploymentId: string
  readonly branch: string
  readonly containerId: string
  /** As the platform has it; null: it does not say. */
  readonly status: 'running' | 'stopped' | 'removed' | null
  /** Whether an alias names its deployment, as the one of now or the one before. */
  readonly isReferenced: boolean
  readonly createdAt: Instant
  /** Stopped by Vigie, which is to start or remove it; null: it is not. */
  readonly stop: {
    readonly at: Instant
    readonly attempts: number
    readonly dueAt: Instant
    readonly error: { readonly code: string; readonly message: string } | null
  } | null
}

export interface ProjectContainers {
  /** The latest; those that are gone for good are left out. */
  readonly containers: readonly ProjectContainer[]
  readonly total: number
}

const shownContainers = 50

/** The containers of a project, those of its latest deployments first. */
export async function listProjectContainers(sql: Database, projectId: string): Promise<ProjectContainers> {
  const rows = await sql<(ProjectContainer & { total: number })[]>`
    select d.id as "deploymentId", d.branch, d.container_id as "containerId", d.container_status as status,
      exists (select from alias a where d.id in (a.deployment_id, a.previous_deployment_id)) as "isReferenced",
      d.created_at as "createdAt",
      case when s.deployment_id is not null then jsonb_build_object(
        'at', vigie.instant(s.stopped_at at time zone 'utc'), 'attempts', s.attempts,
        'dueAt', vigie.instant(s.due_at at time zone 'utc'), 'error', s.error) end as stop,
      count(*) over () as total
    from deployment d
    left join vigie.stopped_container s on s.deployment_id = d.id
    where d.project_id = ${projectId} and d.container_id is not null
      and (d.container_status is distinct from 'removed' or s.deployment_id is not null)
    order by d.created_at desc, d.id
    limit ${shownContainers}`
  return { containers: rows.map(({ total: _total, ...container }) => container), total: rows[0]?.total ?? 0 }
}
