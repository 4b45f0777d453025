import { rmSync } from 'node:fs'
import path from 'node:path'
import nodeProcess from 'node:process'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Finding, failed, ok, skipped } from '../../../core/edge-doctor/edge-step.ts'
import { isRouted, judgeRoute, type RouteAnswer, type RouteFindings } from '../../../core/edge-doctor/judge-route.ts'
import { formatTestRouter, testFileName } from '../../../core/edge-doctor/test-router.ts'
import { unfinishedEnding } from '../../../core/routing/file-names.ts'
import { edgeErrorOf } from '../../../core/routing/traefik-directory.ts'
import { askThroughTraefik, failureCodeOf } from '../routing/ask-through-traefik.ts'
import { openTraefikDirectory } from '../routing/open-traefik-directory.ts'

export interface RouteTrial {
  readonly directory: string
  /** What the test router leads to the gateway; null: DEPLOY_DOMAIN is not set. */
  readonly hostname: string | null
  readonly gatewayUrl: string
  readonly traefikUrl: string | null
  readonly urlScheme: 'http' | 'https'
  readonly userAgent: string
  /** How long the router may take to come into effect. */
  readonly patienceMs: number
  readonly signal: AbortSignal
}

export interface TrialFindings extends RouteFindings {
  readonly isWritable: Finding
  /** Whether a request of the doctor's went by the test router, so that the access log must tell of it. */
  readonly hasPassed: boolean
}

const requestTimeoutMs = 5_000
const intervalMs = 200

/**
 * Puts a router of the doctor's own into Traefik's directory, asks through Traefik until it is in effect, and removes it,
 * whatever happens in between. No other file is opened. Errors: none of the trial's own; an end by `signal` ends it early.
 */
export async function tryRoute(trial: RouteTrial): Promise<TrialFindings> {
  const { directory, hostname, gatewayUrl, traefikUrl } = trial
  const missing = [...(hostname === null ? ['DEPLOY_DOMAIN'] : []), ...(traefikUrl === null ? ['--traefik-url'] : [])]
  if (hostname === null || traefikUrl === null) {
    const untried = skipped(`${missing.join(' and ')} not set.`)
    // A name that Traefik does not load.
    const isWritable = await tryFile(trial, unloadedName, '', async () => undefined)
    return { ...isWritable, isWatched: untried, isGatewayReached: untried, hasPassed: false }
  }
  const router = { ...trial, hostname, traefikUrl }
  const before = await ask(router)
  let found: RouteFindings | undefined
  const { isWritable } = await tryFile(trial, testFileName, formatTestRouter(router), async () => {
    const { answer, tookMs } = await askUntilRouted(router, before)
    found = judgeRoute({ before, answer, tookMs, directory, gatewayUrl, traefikUrl })
  })
  const untried = skipped('The directory has to be writable first.')
  const { isWatched, isGatewayReached } = found ?? { isWatched: untried, isGatewayReached: untried }
  return { isWritable, isWatched, isGatewayReached, hasPassed: isWatched.outcome === 'ok' }
}

const unloadedName = 'vigie-doctor.try'
const trialNames = [testFileName, unloadedName].flatMap((name) => [name, `${name}${unfinishedEnding}`])

/** Works while a file is there, and removes it then. */
async function tryFile(
  { directory: folder }: RouteTrial,
  name: string,
  text: string,
  work: () => Promise<void>,
): Promise<{ readonly isWritable: Finding }> {
  const directory = openTraefikDirectory(folder)
  // A second Ctrl-C ends the process at once.
  const removeAtOnce = () => {
    for (const each of [`${name}${unfinishedEnding}`, name]) rmSync(path.join(folder, each), { force: true })
  }
  nodeProcess.once('exit', removeAtOnce)
  try {
    try {
      // One that was killed may have left another of the doctor's files.
      for (const stale of trialNames) await directory.remove(stale)
      await directory.write(name, text)
      await work()
    } finally {
      await directory.remove(name)
    }
    return { isWritable: ok(`A file could be written to ${folder} and removed.`) }
  } catch (error) {
    return { isWritable: failed(edgeErrorOf(error).message) }
  } finally {
    nodeProcess.off('exit', removeAtOnce)
  }
}

type Router = RouteTrial & { readonly hostname: string; readonly traefikUrl: string }

async function askUntilRouted(router: Router, before: RouteAnswer) {
  const startedMs = performance.now()
  const elapsedMs = () => performance.now() - startedMs
  let answer = before
  // A Traefik that did not answer before would not begin to by a file.
  if ('status' in before) {
    do {
      answer = await ask(router)
      if (isRouted(before, answer)) break
      await sleep(intervalMs, undefined, { signal: router.signal }).catch(() => undefined)
    } while (elapsedMs() < router.patienceMs && !router.signal.aborted)
  }
  return { answer, tookMs: elapsedMs() }
}

async function ask({ traefikUrl, hostname, userAgent, signal }: Router): Promise<RouteAnswer> {
  try {
    return await askThroughTraefik({
      traefikUrl,
      hostname,
      userAgent,
      timeoutMs: requestTimeoutMs,
      signal,
      isCertificateIgnored: true,
    })
  } catch (error) {
    return { problem: failureCodeOf(error) }
  }
}
