import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Change } from '../../../core/change.ts'
import type { Context } from '../../../core/context.ts'
import { databaseErrorOf } from '../../../core/database-error.ts'
import { displaced, enrolEdge, type KeptEdge } from '../../../core/routing/edges.ts'
import { readUnprovedProjects } from '../../../core/routing/read-unproved.ts'
import { type EdgeMemory, type Pass, reconcileEdge } from '../../../core/routing/reconcile-edge.ts'
import type { EdgeSettings } from '../../../core/routing/routed-project.ts'
import { createSetAsidePace } from '../../../core/routing/set-aside-pace.ts'
import type { EdgeError, TraefikDirectory } from '../../../core/routing/traefik-directory.ts'
import { earliestWriteMs, type LastWrite, type WriteGaps, writeGaps } from '../../../core/routing/write-schedule.ts'
import type { Part } from '../part.ts'
import { createBell } from './bell.ts'
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
  readonly gaps?: WriteGaps
  readonly proof?: Partial<ProverOptions>
  readonly open?: (directory: string) => TraefikDirectory
}

type RoutingContext = Context & { readonly watchChanges: (signal: AbortSignal) => AsyncIterable<Change> }

/** After which projects may have to be blocked or served again; true: they may wake, and somebody waits for it. */
const relevant: Partial<Readonly<Record<Change['kind'], boolean>>> = {
  connected: true,
  sweep: false,
  revert: true,
  outside: true,
  project: true,
  hold: false,
  pause: false,
  edge: false,
}

/** An agent that was silent for so long may be replaced by another one that keeps the same directory. */
const silentSeconds = 180

const maxRestMs = 1_000

/** Keeps a directory of Traefik's as the database says. */
export function createRoutingPart(
  context: RoutingContext,
  options: RoutingOptions,
): Part & { readonly name: 'routing' } {
  const { log } = context
  const { directory, settings, traefikUrl, intervalMs = 60_000, gaps = writeGaps } = options
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
  let lastWrite: LastWrite | null = null
  let lookedForMs = 0
  let waitedMs = 0

  /** Resolves when a pass that only blocks may write; or when a project may have woken: then it reads anew. */
  const untilMayBlock = async (earlierMs: number): Promise<void> => {
    const leftMs = earliestWriteMs(lastWrite, { isWaking: false }, gaps) - earlierMs - performance.now()
    if (leftMs > 0) await bell.restUnlessUrgent(leftMs)
  }
  const untilMayWake = async (earlierMs: number): Promise<void> => {
    const leftMs = earliestWriteMs(lastWrite, { isWaking: true }, gaps) - earlierMs - performance.now()
    if (leftMs > 0) await sleep(leftMs, undefined, { signal }).catch(() => undefined)
  }
  const look = async (): Promise<Pass> => {
    edge ??= await enrolEdge(context, place, keeper, silentSeconds)
    if (edge === null) throw displaced()
    const startedMs = performance.now()
    waitedMs = 0
    const pass = await reconcileEdge(context, {
      edge,
      directory: files,
      settings,
      memory,
      now: Date.now,
      beforeWriting: async ({ isWaking }) => {
        const readAtMs = performance.now()
        lookedForMs = readAtMs - startedMs
        await (isWaking ? untilMayWake(0) : untilMayBlock(0))
        waitedMs = performance.now() - readAtMs
        signal.throwIfAborted()
        if (!isWaking && bell.isUrgent()) throw new Outdated()
      },
    })
    if (pass.ownFiles + pass.setAside + pass.broughtBack > 0) {
      lastWrite = { atMs: performance.now(), wasFull: pass.hasMore }
    }
    return pass
  }
  const tellFailure = (failure: unknown) => {
    const { code, message } = databaseErrorOf(failure)
    if (code === 'CLAIM_LOST') edge = null
    if (error?.code !== code) log.error({ directory, code }, `Traefik's files were not looked after. ${message}`)
    error = { code, message }
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
        if (latest.hasMore) bell.ring(false)
      } catch (failure) {
        if (signal.aborted) return
        if (!(failure instanceof Outdated)) tellFailure(failure)
      }
      const tookMs = performance.now() - startedMs - waitedMs
      await isRung
      // Changes may come one after the other: half of the time is for others.
      await sleep(Math.min(tookMs, maxRestMs), undefined, { signal }).catch(() => undefined)
      // Reading takes its time, too: it may begin before the gap is over.
      await untilMayBlock(lookedForMs)
      await untilMayWake(lookedForMs)
    }
  }
  const listen = async () => {
    for await (const { kind } of context.watchChanges(signal)) {
      const mayWake = relevant[kind]
      if (mayWake !== undefined) bell.ring(mayWake)
    }
  }
  return {
    name: 'routing',
    async start() {
      // Whoever starts last keeps the directory: an agent that crashed and starts again must not wait for itself.
      edge ??= await enrolEdge(context, place, keeper, 0)
      prover?.prove(await readUnprovedProjects(context.sql, place.machine, settings.deployDomain))
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

/** Before it has written anything, a pass that only blocks heard that a project may have woken. */
class Outdated extends Error {
  override readonly name = 'Outdated'
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
