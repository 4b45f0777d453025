import type { Context, Database } from '../context.ts'

/** What may be due of a container (migrations/functions/container-work.sql has the rule of each). */
export type ContainerAction = 'stop' | 'start' | 'remove' | 'clean'

/** A container with which something is to be done. */
export interface ContainerTask {
  readonly deploymentId: string
  readonly projectId: string
  readonly containerId: string
  /** The project's. */
  readonly slug: string | null
  /** Whoever was at it last has failed or died: a stop may still be under way. */
  readonly wasInDoubt: boolean
}

/** What became of a task. Failures carry a code; `left`: the container is not the platform's and was not touched. */
export interface ContainerOutcome {
  readonly deploymentId: string
  readonly containerId: string
  readonly kind: 'stopped' | 'started' | 'removed' | 'gone' | 'left' | 'failed'
  readonly code?: string
  readonly message?: string
}

/** The deployments that need an action now: at least `limit` if there are so many, and all of each project. Reads only. */
export async function readContainerWork(
  sql: Database,
  action: ContainerAction,
  page: { readonly limit: number; readonly afterProject: string },
): Promise<{ projectId: string; deploymentId: string }[]> {
  return sql<{ projectId: string; deploymentId: string }[]>`
    select w.project_id as "projectId", w.deployment_id as "deploymentId"
    from vigie.container_work(${action}) w
    where w.project_id > ${page.afterProject}
    order by w.project_id
    fetch first ${page.limit} rows with ties`
}

/** What may be touched now, decided again under locks and put on record (migrations/functions/begin-containers.sql). */
export interface BegunContainers {
  readonly stoppedBy: 'pause' | 'gap' | null
  readonly containers: readonly ContainerTask[]
}

export async function beginContainers(
  sql: Database,
  action: ContainerAction,
  deploymentIds: readonly string[],
): Promise<BegunContainers> {
  const [row] = await sql<{ begun: BegunContainers }[]>`
    select vigie.begin_containers(${action}, ${deploymentIds}::varchar[]) as begun`
  if (row === undefined) throw new Error('vigie.begin_containers returned nothing')
  return row.begun
}

/** Writes what became of them. `awake`: projects that woke up while their containers were stopped. */
export async function settleContainers(
  { sql, origin }: Pick<Context, 'sql' | 'origin'>,
  action: ContainerAction,
  outcomes: readonly ContainerOutcome[],
): Promise<{ readonly awake: readonly string[] }> {
  if (outcomes.length === 0) return { awake: [] }
  const [row] = await sql<{ settled: { awake: string[] } }[]>`
    select vigie.settle_containers(${action}, ${sql.json(outcomes.map((outcome) => ({ ...outcome })))},
      ${sql.json({ ...origin })}) as settled`
  if (row === undefined) throw new Error('vigie.settle_containers returned nothing')
  return row.settled
}
