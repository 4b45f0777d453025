import type { Database } from '../../../core/context.ts'
import type { createRows, ProjectSpec } from './platform-rows.ts'

export interface ContainerSpec {
  readonly containerId: string
  readonly status?: 'running' | 'stopped' | 'removed'
  /** Null: no alias names it. */
  readonly subdomain?: string | null
  readonly concludedHoursAgo?: number
}

/** Inserts projects with a deployment and its container. */
export function createContainerRows(sql: Database, rows: ReturnType<typeof createRows>) {
  const container = async (projectId: string, spec: ContainerSpec): Promise<string> => {
    const deploymentId = await rows.deployment(projectId, spec.subdomain ?? null)
    await sql`
      update deployment set container_id = ${spec.containerId}, container_status = ${spec.status ?? 'running'},
        env_vars = 'never read', concluded_at = (now() at time zone 'utc') - make_interval(hours => ${spec.concludedHoursAgo ?? 48})
      where id = ${deploymentId}`
    return deploymentId
  }
  const readStatus = async (deploymentId: string): Promise<string | null> => {
    const [row] = await sql<{ status: string | null }[]>`
      select container_status as status from deployment where id = ${deploymentId}`
    return row?.status ?? null
  }
  const events = (projectId: string) =>
    sql<{ kind: string; after: Record<string, unknown> }[]>`
      select kind, after from vigie.event
      where project_id = ${projectId} and kind like 'container%' order by id`
  const asleep: ProjectSpec = { status: 'inactive', deactivated: { hours: 1 } }
  return { container, readStatus, events, asleep }
}
