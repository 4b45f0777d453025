/**
 * The intake by access log, as a part: it follows Traefik's log and counts what it tells.
 *
 * Guarantees: no line is counted twice and none skipped, whatever ends this process, as long as its file is still there.
 * Only one process feeds an intake; one that is refused waits until nobody has fed it for a minute, and then goes on from
 * what was committed. It never stands in the way of a site: nobody waits for it.
 */
import { randomUUID } from 'node:crypto'
import type { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { databaseErrorOf } from '../../../core/database-error.ts'
import { createHostnameMap } from '../../../core/routing/hostname-map.ts'
import { createRouterMap } from '../../../core/routing/router-map.ts'
import { createExclusions } from '../../../core/traffic/exclusions.ts'
import { createHitBuffer } from '../../../core/traffic/hit-buffer.ts'
import { enrolIntake, readIntake } from '../../../core/traffic/intake.ts'
import type { LogFormat } from '../../../core/traffic/log-line.ts'
import type { App } from '../../app.ts'
import { keepFresh } from '../keep-fresh.ts'
import type { Part, PartReport } from '../part.ts'
import type { FlushFailure } from './flush-pace.ts'
import { followInput } from './follow-input.ts'
import { followLog } from './follow-log.ts'
import { createFeed, type Feed, type FeedFigures } from './intake-feed.ts'
import type { LogPlace } from './log-files.ts'

/** Which log is followed, and how. */
export interface AccessLogSettings {
  /** A path, or `-` for standard input. */
  readonly source: string
  /** Null: each line tells it by itself. */
  readonly format: LogFormat | null
}

export interface IntakeTimes {
  readonly pollMs: number
  readonly flushIntervalMs: number
  readonly retryMs: number
  readonly refreshMs: number
}

export const intakeTimes: IntakeTimes = {
  pollMs: 500,
  flushIntervalMs: 10_000,
  retryMs: 1_000,
  refreshMs: 300_000,
}

const longMs = 2 ** 31 - 1

/** For the last flush; an agent has to end within ten seconds. */
const finishTimeoutMs = 3_000

export interface IntakeOptions {
  readonly settings: AccessLogSettings
  readonly input: Readable
  readonly times?: IntakeTimes
}

export function createIntakePart(
  app: App,
  { settings, input, times = intakeTimes }: IntakeOptions,
): Part & { readonly name: 'intake' } {
  const { sql, log, origin, deployDomain } = app
  const isInput = settings.source === '-'
  const key = {
    machine: origin.machine,
    kind: 'access_log',
    source: isInput ? 'standard input' : settings.source,
  } as const
  const maps = { hostnames: createHostnameMap({ sql, deployDomain }), routers: createRouterMap(sql, deployDomain) }
  const exclusions = createExclusions(sql)
  const figures: FeedFigures = { hits: 0, garbage: 0, unknown: 0, dropped: 0, caughtUpMs: null }
  const stopping = new AbortController()
  const nowMs = () => performance.now()
  let intakeId = 0
  /** Whoever starts takes over; who was refused once waits. */
  let hasTurn = true
  let feed: Feed | null = null
  let working: Promise<unknown> = Promise.resolve()
  let error: PartReport['error'] = null

  const tell = (failure: PartReport['error']) => {
    if (failure !== null && failure.code !== error?.code) {
      log.error({ part: 'intake', source: key.source, code: failure.code }, failure.message)
    } else if (failure === null && error !== null)
      log.info({ part: 'intake', source: key.source }, 'Traffic is counted again.')
    error = failure
  }
  const rest = (ms: number) => sleep(ms, undefined, { signal: stopping.signal }).catch(() => undefined)

  const refresh = async () => {
    maps.routers.forget()
    await Promise.all([maps.hostnames.refresh(), exclusions.refresh()])
  }

  /** Feeds the intake from its committed place until it is told to stop, or refused. */
  const feedOn = async (): Promise<void> => {
    // Of its own each time: a flush of the time before that is still under way is refused from here on.
    const feeder = randomUUID()
    await enrolIntake(sql, key, feeder)
    const { position } = await readIntake(sql, intakeId)
    const ending = new AbortController()
    const signal = AbortSignal.any([stopping.signal, ending.signal])
    const place = isInput ? null : placeOf(position)
    const buffer = createHitBuffer({ match: exclusions.match })
    const outcome: { lost: FlushFailure | null } = { lost: null }
    const current = createFeed({
      sql,
      buffer,
      intakeId,
      feeder,
      maps,
      place,
      figures,
      signal,
      nowMs,
      makeFlushId: randomUUID,
      format: settings.format,
      canWait: !isInput,
      flushIntervalMs: times.flushIntervalMs,
      retryMs: times.retryMs,
      onFlushed: (failure) => {
        if (failure?.code === 'INTAKE_LOST') {
          outcome.lost = failure
          ending.abort()
        } else if (failure !== null || error?.code !== 'ACCESS_LOG_UNREADABLE') tell(failure)
      },
    })
    feed = current
    const source = isInput
      ? followInput(input, { signal: stopping.signal, nowMs })
      : followLog({ path: settings.source, place, pollMs: times.pollMs, signal, nowMs })
    // Standard input says nothing while nobody visits.
    const timer = setInterval(() => isInput && current.look(), times.pollMs)
    try {
      for await (const lines of source) {
        if (signal.aborted) break
        if ('missing' in lines) tell(unreadable(key.source, lines.missing))
        else {
          if (error?.code === 'ACCESS_LOG_UNREADABLE') tell(null)
          await current.take(lines)
        }
      }
      if (!signal.aborted) tell(unreadable(key.source, new Error('it has ended')))
      if (isInput && !signal.aborted) await rest(longMs)
    } finally {
      clearInterval(timer)
      feed = null
      if (outcome.lost === null)
        await Promise.race([current.finish(), sleep(finishTimeoutMs, undefined, { ref: false })])
    }
    if (outcome.lost === null) return
    tell(outcome.lost)
    // Whoever writes to standard input must not be made to wait.
    if (isInput) {
      input.resume()
      await rest(longMs)
    }
  }

  /** Resolves when nobody feeds the intake and it is to be fed again. */
  const waitForTurn = async (): Promise<void> => {
    while (!hasTurn && !stopping.signal.aborted) {
      const { isFed, isRetired } = await readIntake(sql, intakeId)
      if (!isFed && !isRetired) return
      await rest(5 * times.retryMs)
    }
  }

  const work = async () => {
    while (!stopping.signal.aborted) {
      try {
        await waitForTurn()
        if (!stopping.signal.aborted) await feedOn()
        hasTurn = false
      } catch (failure) {
        const { code, message } = databaseErrorOf(failure)
        tell(isFileError(failure) ? unreadable(key.source, failure) : { code, message })
        await rest(times.retryMs)
      }
    }
  }

  return {
    name: 'intake',
    async start() {
      await refresh()
      intakeId = await enrolIntake(sql, key, randomUUID())
      const fresh = keepFresh({
        context: app,
        watchChanges: app.watchChanges,
        signal: stopping.signal,
        intervalMs: times.refreshMs,
        refresh,
        takeChange: async (change) => {
          if (change.kind === 'flush' || change.kind === 'connected') feed?.ask()
          if (change.kind === 'exclusion' || change.kind === 'connected') await exclusions.refresh()
          await maps.hostnames.takeChange(change)
        },
      })
      working = Promise.all([
        work(),
        fresh.catch((failure: unknown) =>
          log.warn(
            { code: databaseErrorOf(failure).code },
            'The intake hears of no changes; it reads hostnames by itself.',
          ),
        ),
      ])
    },
    async stop() {
      stopping.abort()
      await working
    },
    report: () => {
      const { caughtUpMs, ...counts } = figures
      const lagSeconds = caughtUpMs === null ? null : Math.round((nowMs() - caughtUpMs) / 1000)
      return { error, source: key.source, ...counts, isCaughtUp: caughtUpMs !== null, lagSeconds }
    },
  }
}

function unreadable(source: string, cause: unknown) {
  const why =
    cause instanceof Error && 'code' in cause ? String(cause.code) : cause instanceof Error ? cause.message : ''
  return {
    code: 'ACCESS_LOG_UNREADABLE',
    message: `The access log “${source}” can’t be read (${why}): check --access-log, and that Traefik writes it.`,
  }
}

function isFileError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error && 'path' in error
}

/** A committed position as the place that it was; null: it is none of a log's. */
function placeOf(position: Readonly<Record<string, unknown>> | null): LogPlace | null {
  const { inode, offset, head, headBytes, lineAt = null } = position ?? {}
  if (typeof inode !== 'string' || typeof head !== 'string') return null
  if (typeof offset !== 'number' || typeof headBytes !== 'number') return null
  return { inode, offset, head, headBytes, lineAt: typeof lineAt === 'number' ? lineAt : null }
}
