/**
 * One pass over the containers that are out of step with their projects: those of active ones are started, those of
 * sleeping ones stopped, those of long disabled ones removed.
 *
 * Trigger: the agent's part `containers` (main/agent/containers/), at NOTIFY and every minute.
 * Guarantees: those of touch-containers.ts, project by project. A pass begins nothing more once the engine is away, the
 * part is paused or an outage is open, or it was told to end; all of it is due again in the next.
 */
import type { Context } from '../context.ts'
import { type BegunContainers, type ContainerAction, readContainerWork } from './container-work.ts'
import type { ContainerEngine, EngineProblem } from './engine.ts'
import { inParallel } from './in-parallel.ts'
import { type TouchOptions, touchContainers } from './touch-containers.ts'

export interface StepOptions extends TouchOptions {
  /** In this order. */
  readonly actions: readonly ContainerAction[]
  /** Projects at once. */
  readonly concurrency: number
  /** Deployments that are read at once. */
  readonly pageSize?: number
}

/** Counts of containers. */
export interface Step {
  readonly touched: number
  readonly failed: number
  readonly stoppedBy: BegunContainers['stoppedBy']
  readonly problem: EngineProblem | null
}

/** Makes the pass. Errors: those of the database. */
export async function bringIntoStep(context: Context, engine: ContainerEngine, options: StepOptions): Promise<Step> {
  const { actions, concurrency, signal, pageSize = 200 } = options
  const total = { touched: 0, failed: 0 }
  let stoppedBy: Step['stoppedBy'] = null
  let problem: Step['problem'] = await engine.ping(signal)
  const isEnough = () => signal.aborted || problem !== null || stoppedBy !== null

  for (const action of actions) {
    let afterProject = ''
    while (!isEnough()) {
      const page = await readContainerWork(context.sql, action, { limit: pageSize, afterProject })
      await inParallel(byProject(page), { concurrency, isEnough }, async ({ deploymentIds }) => {
        const touched = await touchContainers(context, engine, { action, deploymentIds }, options)
        stoppedBy ??= touched.stoppedBy
        problem ??= touched.problem
        total.touched += touched.outcomes.length
        total.failed += touched.outcomes.filter(({ kind }) => kind === 'failed').length
      })
      if (page.length < pageSize) break
      afterProject = page.at(-1)?.projectId ?? ''
    }
  }
  return { ...total, stoppedBy, problem }
}

/** The deployments of each project, in the order in which they come. */
export function byProject(
  work: readonly { readonly projectId: string; readonly deploymentId: string }[],
): Iterable<{ readonly projectId: string; readonly deploymentIds: readonly string[] }> {
  const groups = new Map<string, { projectId: string; deploymentIds: string[] }>()
  for (const { projectId, deploymentId } of work) {
    const group = groups.get(projectId) ?? { projectId, deploymentIds: [] }
    group.deploymentIds.push(deploymentId)
    groups.set(projectId, group)
  }
  return groups.values()
}
