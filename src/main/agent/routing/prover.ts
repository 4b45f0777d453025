import { setTimeout as sleep } from 'node:timers/promises'
import type { Context } from '../../../core/context.ts'
import { databaseErrorOf } from '../../../core/database-error.ts'
import { judgeProbe, type ProbeAnswer, type ProbeVerdict } from '../../../core/routing/judge-probe.ts'
import { platformFile } from '../../../core/routing/platform-file.ts'
import { normaliseHostname } from '../../../core/routing/resolve-hostname.ts'
import type { EdgeSettings, RoutedProject } from '../../../core/routing/routed-project.ts'
import { askThroughTraefik, failureCodeOf, type ProbeRequest } from './ask-through-traefik.ts'

export interface ProverOptions {
  readonly traefikUrl: string
  readonly settings: EdgeSettings
  readonly patienceMs?: number
  readonly intervalMs?: number
  readonly ask?: (request: ProbeRequest) => Promise<ProbeAnswer>
}

/** Shows that woken projects are reachable, and tells it on their timelines. */
export interface Prover {
  prove(projects: readonly RoutedProject[]): void
  stop(): Promise<void>
}

/** So many at once; the others wait for their turn. */
const concurrency = 5
/** A visitor would not wait longer either. */
const requestTimeoutMs = 10_000

/**
 * Asks one hostname of each project through Traefik until the project answers, or patience ends. Of each wake-up only the
 * edge that was the last to unblock it is told (migrations/functions/confirm-edge.sql), so that one agent asks; the next one
 * on its machine, if it ends before it knows (core/routing/read-unproved.ts).
 */
export function createProver(context: Context, options: ProverOptions): Prover {
  const { sql, log, origin } = context
  const { traefikUrl, settings, patienceMs = 60_000, intervalMs = 500, ask = askThroughTraefik } = options
  const stopping = new AbortController()
  const { signal } = stopping
  const queue: RoutedProject[] = []
  const workers = new Set<Promise<void>>()
  const userAgent = `Vigie-Probe/${origin.version}`

  const askOnce = async (hostname: string): Promise<ProbeVerdict> => {
    try {
      return judgeProbe(await ask({ traefikUrl, hostname, userAgent, timeoutMs: requestTimeoutMs, signal }))
    } catch (error) {
      const code = failureCodeOf(error)
      return { code: 'NO_CONNECTION', message: `Traefik at ${traefikUrl} does not answer (${code}).` }
    }
  }
  const prove = async (project: RoutedProject) => {
    const hostname = hostnameToAsk(project, settings)
    if (hostname === null) return
    const deadlineMs = performance.now() + patienceMs
    let verdict = await askOnce(hostname)
    while (verdict !== null && performance.now() < deadlineMs && !signal.aborted) {
      await sleep(intervalMs, undefined, { signal }).catch(() => undefined)
      verdict = await askOnce(hostname)
    }
    if (signal.aborted) return
    const [row] = await sql<{ seconds: number | null }[]>`
      select vigie.tell_probe(${project.projectId}, ${hostname}, ${verdict?.code ?? null}, ${verdict?.message ?? null},
        ${sql.json({ ...origin })}) as seconds`
    const fields = { projectId: project.projectId, hostname, seconds: row?.seconds ?? null }
    if (verdict === null) log.info(fields, 'A woken project is reachable.')
    else log.error({ ...fields, code: verdict.code }, `A woken project is not reachable. ${verdict.message}`)
  }
  const work = async () => {
    for (let project = queue.shift(); project !== undefined && !signal.aborted; project = queue.shift()) {
      try {
        await prove(project)
      } catch (error) {
        const { code, message } = databaseErrorOf(error)
        log.error(
          { projectId: project.projectId, code },
          `Whether a woken project is reachable is not on record. ${message}`,
        )
      }
    }
  }
  return {
    prove(projects) {
      queue.push(...projects)
      while (workers.size < Math.min(concurrency, queue.length)) {
        const worker: Promise<void> = work().finally(() => workers.delete(worker))
        workers.add(worker)
      }
    },
    async stop() {
      stopping.abort()
      await Promise.all(workers)
    },
  }
}

/** An environment's hostname rather than a branch's, and only one that the platform routes. */
function hostnameToAsk(project: RoutedProject, settings: EdgeSettings): string | null {
  if (platformFile(project, settings) === null) return null
  const routed = project.aliases.filter(({ isSucceeded }) => isSucceeded)
  const alias = routed.find(({ environmentId }) => environmentId !== null) ?? routed[0]
  return alias === undefined ? null : normaliseHostname(`${alias.subdomain}.${settings.deployDomain}`)
}
