/**
 * The part `containers`: keeps containers in step with their projects.
 *
 * Trigger: its start; NOTIFY of what may move a project or its hostnames; every minute.
 * Guarantees: those of core/containers/bring-into-step.ts. One agent acts at a time: it holds an advisory lock on a session
 * of its own, and another takes over when that is gone; were there two for a moment, each act is decided under the locks of
 * rows all the same. Starts have a lane of their own, so that nobody who wakes waits for others to stop. It outlives the
 * absence of the database and of the engine, which is told once, as an ERROR. It ends at once: what is under way is broken
 * off and found in doubt by whoever comes next.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Change } from '../../../core/change.ts'
import { bringIntoStep, type Step } from '../../../core/containers/bring-into-step.ts'
import type { ContainerAction } from '../../../core/containers/container-work.ts'
import type { ContainerEngine, EngineProblem } from '../../../core/containers/engine.ts'
import type { Context, Database } from '../../../core/context.ts'
import { databaseErrorOf } from '../../../core/database-error.ts'
import type { Part, PartReport } from '../part.ts'

export interface ContainersPartOptions {
  readonly engine: ContainerEngine
  readonly deployDomain: string
  readonly intervalMs?: number
  /** How often an agent that does not act looks whether it is its turn, and one that can't work tries again. */
  readonly retryMs?: number
  /** Projects at once, in each lane. */
  readonly concurrency?: number
}

export interface ContainersContext extends Context {
  readonly withSession: <T>(work: (session: Database) => Promise<T>) => Promise<T>
  readonly watchChanges: (signal: AbortSignal) => AsyncIterable<Change>
}

const wakingKinds: readonly Change['kind'][] = ['connected', 'sweep', 'project', 'outside', 'revert', 'edge', 'pause']

/** Creates the part. */
export function createContainersPart(
  context: ContainersContext,
  options: ContainersPartOptions,
): Part & { readonly name: 'containers' } {
  const { sql, log, origin } = context
  const { engine, deployDomain, intervalMs = 60_000, retryMs = 5_000, concurrency = 4 } = options
  const stopping = new AbortController()
  const waking = createLane(['start'])
  const resting = createLane(['stop', 'remove'])
  const lanes = [waking, resting]
  const total = { touched: 0, failed: 0 }
  let isActing = false
  let toldProblem: EngineProblem | null = null
  let work: Promise<unknown> = Promise.resolve()

  /** Until the session is lost or the part stops: whoever has the lock acts. */
  const actInTurn = (session: Database) => {
    const lost = new AbortController()
    const signal = AbortSignal.any([stopping.signal, lost.signal])
    const guarded = async (lane: Promise<void>) => {
      try {
        await lane
      } finally {
        lost.abort()
      }
    }
    return Promise.all([
      guarded(keepInStep(waking, signal)),
      guarded(keepInStep(resting, signal)),
      guarded(watchSession(session, signal)),
    ])
  }

  const keepInStep = async (lane: Lane, signal: AbortSignal) => {
    const { actions, bell } = lane
    while (!signal.aborted) {
      bell.reset()
      const step = await bringIntoStep({ sql, log, origin }, engine, { actions, deployDomain, concurrency, signal })
      if (signal.aborted) return
      lane.latest = step
      note(step)
      // Failures wait for their own time, which may be sooner than the next look.
      await bell.wait(step.problem !== null || step.failed > 0 ? retryMs : intervalMs, signal)
    }
  }

  /** A session that is gone has lost its lock. */
  const watchSession = async (session: Database, signal: AbortSignal) => {
    while (!signal.aborted) {
      await session`select 1`
      await sleep(retryMs, undefined, { signal }).catch(() => undefined)
    }
  }

  /** Said once, however many lanes meet it; over when none does any more. */
  const note = ({ touched, failed }: Step) => {
    total.touched += touched
    total.failed += failed
    const problem = lanes.map(({ latest }) => latest?.problem ?? null).find((each) => each !== null) ?? null
    if (problem !== null && problem.code !== toldProblem?.code) {
      log.error({ code: problem.code }, `Containers stay as they are. ${problem.message}`)
    }
    if (problem === null && toldProblem !== null) log.info({}, 'The container engine works again.')
    toldProblem = problem
  }

  const run = async () => {
    let told = ''
    while (!stopping.signal.aborted) {
      try {
        await context.withSession(async (session) => {
          isActing = await tryLock(session)
          if (!isActing) return
          log.info({}, 'This agent keeps containers in step.')
          await actInTurn(session)
        })
        told = ''
      } catch (error) {
        const { code, message } = databaseErrorOf(error)
        if (told !== code) log.error({ code }, `Containers could not be kept in step; tried again. ${message}`)
        told = code
      }
      isActing = false
      await sleep(retryMs, undefined, { signal: stopping.signal }).catch(() => undefined)
    }
  }

  const listen = async () => {
    for await (const { kind } of context.watchChanges(stopping.signal)) {
      if (wakingKinds.includes(kind)) for (const { bell } of lanes) bell.ring()
    }
  }

  return {
    name: 'containers',
    start() {
      const listening = listen().catch((error: unknown) =>
        log.warn(
          { code: databaseErrorOf(error).code },
          'The part for containers hears of no changes; it looks by itself.',
        ),
      )
      work = Promise.all([run(), listening])
    },
    async stop() {
      stopping.abort()
      await work
    },
    report: (): PartReport => ({
      error: toldProblem,
      isActing,
      isPaused: lanes.some(({ latest }) => latest?.stoppedBy === 'pause'),
      ...total,
    }),
  }
}

async function tryLock(session: Database): Promise<boolean> {
  const [answer] = await session<{ isOurs: boolean }[]>`
    select pg_try_advisory_lock(hashtextextended('vigie.containers', 0)) as "isOurs"`
  return answer?.isOurs === true
}

/** Actions that are done one after the other, beside those of other lanes. */
interface Lane {
  readonly actions: readonly ContainerAction[]
  readonly bell: Bell
  latest: Step | null
}

function createLane(actions: readonly ContainerAction[]): Lane {
  return { actions, bell: createBell(), latest: null }
}

interface Bell {
  readonly ring: () => void
  /** Forgets earlier rings. */
  readonly reset: () => void
  /** Resolves when it rings, has rung since the reset, or after so long. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>
}

function createBell(): Bell {
  let rung = new AbortController()
  return {
    ring: () => rung.abort(),
    reset: () => {
      rung = new AbortController()
    },
    wait: (ms, signal) =>
      sleep(ms, undefined, { signal: AbortSignal.any([rung.signal, signal]) }).catch(() => undefined),
  }
}
