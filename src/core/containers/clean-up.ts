/**
 * The deployments cleanup: containers that still run though nothing references their deployments are stopped and removed.
 *
 * Trigger: a tick, at 03:00 UTC, claimed by a process that reaches a container engine (main/scheduler.ts).
 * Guarantees: those of touch-containers.ts. What fails is on the run and tried again the next night. Where the engine goes
 * away, the run is left open and taken over; where the part is paused meanwhile, it ends in part.
 * Locks: none of its own.
 */
import type { Context } from '../context.ts'
import { VigieError } from '../errors.ts'
import type { ClaimedTick } from '../jobs/claim.ts'
import type { JobEnd } from '../jobs/run-job.ts'
import type { RunFailure } from '../queries/runs.ts'
import { byProject } from './bring-into-step.ts'
import { readContainerWork } from './container-work.ts'
import type { ContainerEngine, EngineProblem } from './engine.ts'
import { inParallel } from './in-parallel.ts'
import { type TouchOptions, touchContainers } from './touch-containers.ts'

export interface CleanUpOptions extends TouchOptions {
  /** Projects at once. */
  readonly concurrency: number
  readonly pageSize?: number
}

/** The first so many failures are kept with a run. */
const maxReportedFailures = 100

/** Cleans up. Errors: ENGINE_AWAY; those of the database, VG001 when the run was taken over. */
export async function cleanUp(
  context: Context,
  engine: ContainerEngine,
  claim: Pick<ClaimedTick, 'runId' | 'runner'>,
  options: CleanUpOptions,
): Promise<JobEnd> {
  const { concurrency, signal, pageSize = 100 } = options
  const failures: RunFailure[] = []
  let failed = 0
  let isPaused = false
  let problem: EngineProblem | null = null
  const isEnough = () => signal.aborted || problem !== null || isPaused

  let afterProject = ''
  while (!isEnough()) {
    const page = await readContainerWork(context.sql, 'clean', { limit: pageSize, afterProject })
    let removed = 0
    await inParallel(byProject(page), { concurrency, isEnough }, async ({ projectId, deploymentIds }) => {
      const touched = await touchContainers(context, engine, { action: 'clean', deploymentIds }, options)
      isPaused ||= touched.stoppedBy !== null
      problem ??= touched.problem
      removed += touched.outcomes.filter(({ kind }) => kind === 'removed' || kind === 'gone').length
      const failure = touched.outcomes.find(({ kind }) => kind === 'failed')
      if (failure === undefined) return
      failed += 1
      const { code = '', message = '' } = failure
      if (failures.length < maxReportedFailures) failures.push({ projectId, stage: 'clean', sqlstate: code, message })
    })
    await tellProgress(context, claim, removed)
    if (page.length < pageSize) break
    afterProject = page.at(-1)?.projectId ?? ''
  }
  if (isPaused) return { outcome: 'partial', failed, failures }
  if (isEnough()) {
    throw new VigieError(
      'ENGINE_AWAY',
      'The cleanup could not go on for now. Whoever reaches the engine goes on with it.',
    )
  }
  return { outcome: failed > 0 ? 'partial' : 'done', failed, failures }
}

async function tellProgress(
  { sql }: Context,
  { runId, runner }: Pick<ClaimedTick, 'runId' | 'runner'>,
  removed: number,
): Promise<void> {
  await sql`select vigie.clean_up_progress(${runId}, ${runner}, ${removed})`
}
