import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Change } from '../../../core/change.ts'
import type { Context } from '../../../core/context.ts'
import { databaseErrorOf } from '../../../core/database-error.ts'
import { displaced, enrolEdge, type KeptEdge } from '../../../core/routing/edges.ts'
import { type EdgeMemory, type Pass, reconcileEdge } from '../../../core/routing/reconcile-edge.ts'
import type { EdgeSettings } from '../../../core/routing/routed-project.ts'
import { createSetAsidePace } from '../../../core/routing/set-aside-pace.ts'
import type { EdgeError, TraefikDirectory } from '../../../core/routing/traefik-directory.ts'
import type { Part } from '../part.ts'
import { openTraefikDirectory } from './open-traefik-directory.ts'
import { createProver, type ProverOptions } from './prover.ts'

export interface RoutingOptions {
  /** Traefik's. */
  readonly directory: string
  readonly settings: EdgeSettings
  /** Where Traefik listens; null: nothing is proved. */
  readonly traefikUrl: string | null
  /** How often the directory is looked at besides what the database notifies. */
  readonly intervalMs?: number
  /** Between two passes that change files. */
  readonly writeGapMs?: number
  readonly proof?: Partial<ProverOptions>
  readonly open?: (directory: string) => TraefikDirectory
}

type RoutingContext = Context & { readonly watchChanges: (signal: AbortSignal) => AsyncIterable<Change> }

/** After which projects may have to be blocked or served again. */
const relevant: ReadonlySet<Change['kind']> = new Set<Change['kind']>([
  'connected',
  'sweep',
  'revert',
  'outside',
  'project',
  'hold',
  'pause',
  'edge',
])

/** An agent that was silent for so long may be replaced by another one that keeps the same directory. */
const silentSeconds = 180

const maxRestMs = 1_000

/** Keeps a directory of Traefik's as the database says. */
export function createRoutingPart(
  context: RoutingContext,
  options: RoutingOptions,
): Part & { readonly name: 'routing' } {
  const { log } = context
  const { directory, settings, traefikUrl, intervalMs = 60_000, writeGapMs = 5_000 } = options
  const stopping = new AbortController()
  const { signal } = stopping
  const keeper = randomUUID()
  const place = { machine: context.origin.machine, directory }
  const files = (options.open ?? openTraefikDirectory)(directory)
  const memory: EdgeMemory = { pace: createSetAsidePace(), toldLeft: new Set() }
  const prover = traefikUrl === null ? null : createProver(context, { traefikUrl, settings, ...options.proof })
  const teller = createTeller(context, directory)
  const bell = createBell(signal)
  let edge: KeptEdge | null = null
  let loop: Promise<unknown> | undefined
  let latest: Pass | undefined
  let error: EdgeError | null = null
  let wroteAtMs = Number.NEGATIVE_INFINITY
  let lookedForMs = 0

  const untilGapIsOver = async (earlierMs: number) => {
    const leftMs = wroteAtMs + writeGapMs - earlierMs - performance.now()
    if (leftMs > 0) await sleep(leftMs, undefined, { signal }).catch(() => undefined)
  }
  const look = async (): Promise<Pass> => {
    edge ??= await enrolEdge(context, place, keeper, silentSeconds)
    if (edge === null) throw displaced()
    const startedMs = performance.now()
    const pass = await reconcileEdge(context, {
      edge,
      directory: files,
      settings,
      memory,
      now: Date.now,
      beforeWriting: async () => {
        lookedForMs = performance.now() - startedMs
        await untilGapIsOver(0)
        signal.throwIfAborted()
      },
    })
    if (pass.ownFiles + pass.setAside + pass.broughtBack > 0) wroteAtMs = performance.now()
    return pass
  }
  const keepLooking = async () => {
    while (!signal.aborted) {
      const isRung = bell.next(intervalMs)
      const startedMs = performance.now()
      try {
        latest = await look()
        error = latest.error
        teller.tell(latest)
        prover?.prove(latest.served)
        if (latest.hasMore) bell.ring()
      } catch (failure) {
        if (signal.aborted) return
        const { code, message } = databaseErrorOf(failure)
        if (code === 'CLAIM_LOST') edge = null
        if (error?.code !== code) log.error({ directory, code }, `Traefik's files were not looked after. ${message}`)
        error = { code, message }
      }
      const tookMs = performance.now() - startedMs
      await isRung
      // Changes may come one after the other: half of the time is for others.
      await sleep(Math.min(tookMs, maxRestMs), undefined, { signal }).catch(() => undefined)
      // Reading takes its time, too: it may begin before the gap is over.
      await untilGapIsOver(lookedForMs)
    }
  }
  const listen = async () => {
    for await (const change of context.watchChanges(signal)) if (relevant.has(change.kind)) bell.ring()
  }
  return {
    name: 'routing',
    async start() {
      // Whoever starts last keeps the directory: an agent that crashed and starts again must not wait for itself.
      edge ??= await enrolEdge(context, place, keeper, 0)
      loop ??= Promise.all([keepLooking(), listen()])
    },
    async stop() {
      stopping.abort()
      await Promise.all([loop, prover?.stop()])
    },
    report: () => ({
      error,
      directory,
      blockedProjects: latest?.blocked ?? 0,
      projectsOutOfStep: latest?.outOfStep ?? 0,
      isHeld: latest?.isHeld ?? false,
    }),
  }
}

/** Wakes a loop: at once if it was rung since the loop looked last, and after an interval in any case. */
function createBell(signal: AbortSignal) {
  let ring = () => {}
  signal.addEventListener('abort', () => ring(), { once: true })
  return {
    ring: () => ring(),
    /** To be called before the look that it follows, so that nothing rung meanwhile is missed. */
    next: (intervalMs: number) =>
      new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, intervalMs)
        ring = () => {
          clearTimeout(timer)
          resolve()
        }
        if (signal.aborted) ring()
      }),
  }
}

/** Logs what passes did and what is wrong, each once. */
function createTeller({ log }: Context, directory: string) {
  let errorCode: string | null = null
  let toldUnusable = ''
  return {
    tell({ ownFiles, setAside, broughtBack, blocked, error, unusable }: Pass) {
      if (error !== null && error.code !== errorCode) log.error({ directory, code: error.code }, error.message)
      if (error === null && errorCode !== null) log.info({ directory }, 'Traefik’s directory can be worked with again.')
      errorCode = error?.code ?? null
      if (ownFiles + setAside + broughtBack > 0) {
        log.info({ directory, blocked, ownFiles, setAside, broughtBack }, 'Traefik’s files were brought into step.')
      }
      const projectIds = [...unusable].sort().slice(0, 20)
      if (projectIds.join() !== toldUnusable && projectIds.length > 0) {
        const projects = unusable.size
        log.warn(
          { directory, projects, projectIds },
          'Names that are no hostnames, or the platform’s own, are not blocked.',
        )
      }
      toldUnusable = projectIds.join()
    },
  }
}
