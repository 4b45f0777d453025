/**
 * The agent's life: it waits for a database that it can work with, starts its parts one after the other, and stops them in
 * the reverse order. It never ends because the database is away.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Log } from '../../core/context.ts'
import { databaseErrorOf } from '../../core/database-error.ts'
import { errorClasses, VigieError } from '../../core/errors.ts'
import type { DatabaseFacts } from '../rpc/trpc.ts'
import type { Part } from './part.ts'

export interface AgentOptions {
  readonly log: Log
  /** Throws the VigieError that says why the database can't be worked with. */
  readonly checkDatabase: () => Promise<DatabaseFacts>
  readonly parts: readonly Part[]
  /** Aborted: the start waits for nothing more. */
  readonly signal: AbortSignal
  /** How long to wait before the database is asked again. */
  readonly retryMs?: number
  /** For all parts together to stop. */
  readonly stopTimeoutMs?: number
}

export interface Agent {
  /** Resolves when every part works, or once it was told to stop. Rejects only if a part can never start. */
  start(): Promise<void>
  /** Returns the names of the parts that did not stop in time. */
  stop(): Promise<readonly string[]>
}

export function createAgent(options: AgentOptions): Agent {
  const { log, parts, retryMs = 2_000, stopTimeoutMs = 6_000 } = options
  const stopping = new AbortController()
  const signal = AbortSignal.any([stopping.signal, options.signal])
  const touched = new Set<Part>()
  let starting: Promise<void> = Promise.resolve()

  /** Tries until it works; says why it does not, once for each reason. */
  const insist = async (work: () => Promise<void> | void) => {
    let told = ''
    while (!signal.aborted) {
      try {
        return await work()
      } catch (error) {
        const { code, message } = databaseErrorOf(error)
        if (code === 'INTERNAL' || errorClasses[code] === 'usage') throw error
        if (told !== code) log.warn({ code }, `The agent waits. ${message}`)
        told = code
        await sleep(retryMs, undefined, { signal }).catch(() => undefined)
      }
    }
  }

  const startAll = async () => {
    for (const part of parts) {
      if (part.prepare === undefined) continue
      touched.add(part)
      await part.prepare()
    }
    await insist(async () => requireWritable(await options.checkDatabase()))
    for (const part of parts) {
      if (signal.aborted) return
      touched.add(part)
      await insist(() => part.start())
    }
    if (!signal.aborted) log.info({ parts: parts.map((part) => part.name) }, 'The agent works.')
  }

  return {
    start() {
      starting = startAll()
      return starting
    },
    async stop() {
      stopping.abort()
      const late: string[] = []
      const deadlineMs = performance.now() + stopTimeoutMs
      await within(
        deadlineMs,
        starting.catch(() => undefined),
      )
      for (const part of [...touched].reverse()) {
        const stopped = part.stop().then(
          () => true,
          (err: unknown) => {
            log.error({ part: part.name, err }, 'A part of the agent failed while it stopped.')
            return true
          },
        )
        if ((await within(deadlineMs, stopped)) === undefined) late.push(part.name)
      }
      if (late.length > 0) log.warn({ parts: late }, 'Not everything stopped in time; what was committed is kept.')
      return late
    },
  }
}

/** A server that refuses writes can be looked at, not worked on. Errors: DATABASE_READ_ONLY. */
export function requireWritable(facts: DatabaseFacts): void {
  if (!facts.isReadOnly) return
  throw new VigieError(
    'DATABASE_READ_ONLY',
    'The database is read-only (a replica, or set so). The agent needs one that it may write to.',
  )
}

/** What the work resolves with; undefined if it has not by the deadline. Late work gets at least a moment. */
async function within<T>(deadlineMs: number, work: Promise<T>): Promise<T | undefined> {
  const timer = new AbortController()
  const leftMs = Math.max(deadlineMs - performance.now(), 50)
  const late = sleep(leftMs, undefined, { signal: timer.signal }).catch(() => undefined)
  try {
    return await Promise.race([work, late])
  } finally {
    timer.abort()
  }
}
