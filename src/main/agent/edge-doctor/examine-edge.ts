/**
 * The doctor of an edge: looks at a machine as the agent beside Traefik would find it, and says of each thing that the
 * agent relies on whether it is so.
 *
 * Trigger: a person (command line). Guarantees: it writes one file of its own into Traefik's directory and removes it, also
 * when it is ended or something fails; nothing else is changed, and the database is only asked.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { ContainerEngine, EngineProblem } from '../../../core/containers/engine.ts'
import {
  type EdgeStep,
  type EdgeStepName,
  edgeStepNames,
  type Finding,
  failed,
  ok,
  skipped,
} from '../../../core/edge-doctor/edge-step.ts'
import { type ClockReading, judgeClock } from '../../../core/edge-doctor/judge-clock.ts'
import { type CountingReading, judgeCounting } from '../../../core/edge-doctor/judge-counting.ts'
import { hasProbe, judgeLog, type LogFindings } from '../../../core/edge-doctor/judge-log.ts'
import { testRouterName } from '../../../core/edge-doctor/test-router.ts'
import { VigieError } from '../../../core/errors.ts'
import { normaliseHostname } from '../../../core/routing/resolve-hostname.ts'
import { createDockerEngine } from '../containers/docker-engine.ts'
import type { DockerHost } from '../containers/docker-host.ts'
import type { AccessLogSettings } from '../intake/intake-part.ts'
import type { RoutingConfig } from '../routing/routing-config.ts'
import { readLogEnd } from './read-log-end.ts'
import { type TrialFindings, tryRoute } from './try-route.ts'

export interface EdgeExamination {
  readonly accessLog: AccessLogSettings | null
  readonly routing: RoutingConfig
  readonly deployDomain: string | null
  readonly dockerHost: DockerHost | null
  /** Asks the database for its time; null: none is configured. Errors: those of the database. */
  readonly readClock: (() => Promise<ClockReading>) | null
  /** Asks the database who counts; null: none is configured. Errors: those of the database. */
  readonly readCounting: (() => Promise<CountingReading>) | null
  readonly machine: string
  /**
   * As `ping`, and whether the engine has what the database expects there; null: no database is configured. Errors: those
   * of the database.
   */
  readonly recogniseEngine: ((engine: ContainerEngine, signal: AbortSignal) => Promise<EngineProblem | null>) | null
  /** What an error of the database means. */
  readonly describeError: (error: unknown) => string
  readonly version: string
  /** Random lower-case letters and digits, which make a hostname that nobody has. */
  readonly seed: string
  /** How long Traefik may take to load a file, and to write to its log. */
  readonly patienceMs?: number
  readonly signal: AbortSignal
}

/** Looks at everything. Errors: CANCELLED, once the file is removed. */
export async function examineEdge(examination: EdgeExamination): Promise<EdgeStep[]> {
  const { deployDomain, seed, signal } = examination
  const domain = deployDomain === null ? null : normaliseHostname(deployDomain)
  const hostname = domain === null ? null : `vigie-doctor-${seed}.${domain}`
  const trial = await examineRoute(examination, hostname)
  endIfAsked(signal)
  const log = await examineLog(examination, trial.hasPassed ? hostname : null)
  const counting = await examineDatabase(examination, examination.readCounting, (reading) =>
    judgeCounting(reading, examination.machine),
  )
  const engine = await examineEngine(examination)
  const clock = await examineDatabase(examination, examination.readClock, judgeClock)
  endIfAsked(signal)
  const findings: Readonly<Record<EdgeStepName, Finding>> = {
    'Traefik’s directory is writable': trial.isWritable,
    'Traefik watches its directory': trial.isWatched,
    'the blocked page is reachable through Traefik': trial.isGatewayReached,
    'the access log is written, in a format that is read': log.format,
    'the access log has hostnames': log.hostnames,
    'the access log has user agents': log.userAgents,
    'each request is counted once': counting,
    'the container engine answers': engine,
    'the clock agrees with the database': clock,
  }
  return edgeStepNames.map((name) => ({ name, ...findings[name] }))
}

function endIfAsked(signal: AbortSignal): void {
  if (signal.aborted) throw new VigieError('CANCELLED', 'Cancelled. The test router is removed.')
}

async function examineRoute(examination: EdgeExamination, hostname: string | null): Promise<TrialFindings> {
  const { routing, version, patienceMs = defaultPatienceMs, signal } = examination
  const { directory } = routing
  if (directory === null) {
    const untried = skipped('TRAEFIK_CONFIG_DIR not set.')
    return { isWritable: untried, isWatched: untried, isGatewayReached: untried, hasPassed: false }
  }
  return tryRoute({ ...routing, directory, hostname, userAgent: `Vigie-Probe/${version}`, patienceMs, signal })
}

const defaultPatienceMs = 10_000
const logIntervalMs = 200

/** `hostname`: of a request that was made through Traefik; null: there was none. */
async function examineLog(examination: EdgeExamination, hostname: string | null): Promise<LogFindings> {
  const { accessLog, patienceMs = defaultPatienceMs, signal } = examination
  if (accessLog === null || accessLog.source === '-') {
    const why =
      accessLog === null ? '--access-log not set.' : '--access-log names standard input. Name the file instead.'
    return { format: skipped(why), hostnames: skipped(why), userAgents: skipped(why) }
  }
  const probe = hostname === null ? null : { hostname, router: testRouterName }
  const deadlineMs = performance.now() + patienceMs
  let end = await readLogEnd(accessLog.source)
  while (probe !== null && !hasProbe(end, probe) && performance.now() < deadlineMs && !signal.aborted) {
    await sleep(logIntervalMs, undefined, { signal }).catch(() => undefined)
    end = await readLogEnd(accessLog.source)
  }
  return judgeLog(end, accessLog.format, probe)
}

async function examineEngine({ dockerHost, recogniseEngine, signal }: EdgeExamination): Promise<Finding> {
  if (dockerHost === null) return skipped('DOCKER_HOST not set.')
  const engine = createDockerEngine(dockerHost)
  const asked = recogniseEngine?.(engine, signal) ?? engine.ping(signal)
  // A database that is away has a step of its own.
  const problem = await asked.catch(() => engine.ping(signal))
  if (problem !== null) return failed(problem.message)
  const version = await engine.readVersion(signal)
  return ok(version === null ? 'It answers.' : `It answers as version ${version}.`)
}

async function examineDatabase<Reading>(
  { describeError }: EdgeExamination,
  read: (() => Promise<Reading>) | null,
  judge: (reading: Reading) => Finding,
): Promise<Finding> {
  if (read === null) return skipped('DATABASE_URL not set.')
  try {
    return judge(await read())
  } catch (error) {
    return failed(describeError(error))
  }
}
