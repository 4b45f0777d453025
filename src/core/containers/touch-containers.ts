/**
 * One action with the containers of one project: decided again and put on record, done, settled.
 *
 * Trigger: bring-into-step.ts (stop, start, remove) and clean-up.ts.
 * Guarantees: a container is touched only if it is the deployment's own and is labelled as the platform's. Whoever dies
 * between the engine and the record leaves it in doubt, and the next pass finds out. A project that woke up meanwhile does
 * not stay stopped: its containers are started at once. What is to be removed is looked at once more after it stopped.
 * Locks: those of vigie.begin_containers and vigie.settle_containers, for the time of a statement; none while it talks to
 * the engine.
 */
import type { Context } from '../context.ts'
import { belongsToDeployment } from './belongs-to-deployment.ts'
import {
  type BegunContainers,
  beginContainers,
  type ContainerAction,
  type ContainerOutcome,
  type ContainerTask,
  settleContainers,
} from './container-work.ts'
import { type ContainerEngine, type EngineAnswer, type EngineProblem, isOfEngine } from './engine.ts'

export interface TouchOptions {
  readonly deployDomain: string
  /** Aborted: nothing more is begun, and what is under way is left in doubt. */
  readonly signal: AbortSignal
}

export interface Touched {
  readonly outcomes: readonly ContainerOutcome[]
  readonly stoppedBy: BegunContainers['stoppedBy']
  /** The engine as a whole has one: nothing else need be tried. */
  readonly problem: EngineProblem | null
}

/** Does it. Errors: those of the database, after which the containers are in doubt until the next pass. */
export async function touchContainers(
  context: Context,
  engine: ContainerEngine,
  request: { readonly action: ContainerAction; readonly deploymentIds: readonly string[] },
  options: TouchOptions,
): Promise<Touched> {
  const { action, deploymentIds } = request
  const { stoppedBy, containers } = await beginContainers(context.sql, action, deploymentIds)
  const outcomes: ContainerOutcome[] = []
  let problem: EngineProblem | null = null
  for (const task of containers) {
    const answer = await touch(task)
    if (answer.kind === 'failed' && isOfEngine(answer)) {
      problem = answer
      break
    }
    outcomes.push(outcomeOf(task, action, answer))
  }
  const { awake } = await settleContainers(context, action, outcomes)
  logOutcomes(context, action, outcomes)
  if (awake.length > 0) await startAgain(outcomes)
  return { outcomes, stoppedBy, problem }

  async function touch(task: ContainerTask): Promise<TouchAnswer> {
    const { signal, deployDomain } = options
    const found = await engine.inspect(task.containerId, signal)
    if (found.kind !== 'found') return found
    if (!belongsToDeployment(found.labels, { ...task, deployDomain })) return { kind: 'foreign' }
    if (action === 'start' && !task.wasInDoubt) return engine.start(task.containerId, signal)
    // In doubt, it is stopped to its end before it is started: else a stop that is still under way would win in the end.
    const stopped = await engine.stop(task.containerId, signal)
    if (action === 'stop' || stopped.kind !== 'done') return stopped
    if (action === 'start') return engine.start(task.containerId, signal)
    if (!(await isStillDue(task.deploymentId))) return { kind: 'kept' }
    return engine.remove(task.containerId, signal)
  }

  /** An alias may have been moved, or a project brought back, while the container stopped. */
  async function isStillDue(deploymentId: string): Promise<boolean> {
    const due = await context.sql`
      select from vigie.container_work(${action}, array[${deploymentId}]::varchar[])`
    return due.length > 0
  }

  async function startAgain(stopped: readonly ContainerOutcome[]): Promise<void> {
    const ids = stopped.filter(({ kind }) => kind === 'stopped').map(({ deploymentId }) => deploymentId)
    await touchContainers(context, engine, { action: 'start', deploymentIds: ids }, options)
  }
}

/** `foreign`: not labelled as the platform's. `kept`: stopped, and not to be removed any more. */
type TouchAnswer = EngineAnswer | { readonly kind: 'foreign' } | { readonly kind: 'kept' }

const doneAs = { stop: 'stopped', start: 'started', remove: 'removed', clean: 'removed' } as const

/** What an answer of the engine means for a task. */
function outcomeOf(
  { deploymentId, containerId }: ContainerTask,
  action: ContainerAction,
  answer: TouchAnswer,
): ContainerOutcome {
  const task = { deploymentId, containerId }
  switch (answer.kind) {
    case 'done':
      return { ...task, kind: doneAs[action] }
    case 'kept':
      return { ...task, kind: 'stopped' }
    case 'gone':
      return { ...task, kind: 'gone', code: 'CONTAINER_GONE', message: 'The engine knows no such container.' }
    case 'failed':
      return { ...task, kind: 'failed', code: answer.code, message: answer.message }
    case 'foreign':
      // One that was never touched need not be started either.
      return {
        ...task,
        kind: action === 'start' ? 'left' : 'failed',
        code: 'CONTAINER_FOREIGN',
        message: 'The container has no label of the platform’s for this deployment. It is not touched.',
      }
  }
}

function logOutcomes({ log }: Context, action: ContainerAction, outcomes: readonly ContainerOutcome[]): void {
  for (const { deploymentId, kind, code } of outcomes) {
    if (kind === 'failed')
      log.error({ deploymentId, action, code }, 'A container could not be dealt with; tried again.')
    else log.info({ deploymentId, action, outcome: kind }, 'A container was dealt with.')
  }
}
