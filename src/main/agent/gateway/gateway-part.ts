/**
 * The part `gateway`: the blocked page, owners' links and, if it is asked for, forward auth.
 *
 * It listens before there is a database, since with forward auth every site would fail otherwise; until it knows better,
 * everything passes.
 */

import { setFlagsFromString } from 'node:v8'
import type { Change } from '../../../core/change.ts'
import type { Context } from '../../../core/context.ts'
import { databaseErrorOf } from '../../../core/database-error.ts'
import { readBlockedProject } from '../../../core/queries/blocked-project.ts'
import { createHostnameMap } from '../../../core/routing/hostname-map.ts'
import { resolveHostname } from '../../../core/routing/resolve-hostname.ts'
import type { Mailer } from '../../mail/open-mailer.ts'
import { keepFresh } from '../keep-fresh.ts'
import type { Part } from '../part.ts'
import { createForwardAuth } from './forward-auth.ts'
import { createForwardIntake } from './forward-intake.ts'
import { createKeptAnswers } from './kept-answers.ts'
import { type Gateway, startGateway } from './server.ts'
import { createWakeAnswers } from './wake-answer.ts'

export interface GatewaySettings {
  readonly address: string
  /** 0 takes a free one. */
  readonly port: number
  readonly isForwardAuth: boolean
  /** Where owners reach it, without a slash at its end; null: there are no owners' links. */
  readonly publicUrl: string | null
}

/**
 * A heap that holds a million hostnames would be left to grow by as much again before old garbage is collected; this
 * lets it grow by a tenth. Measured under full load: 350 MB instead of 560.
 */
const heapGrowth = '--heap-growing-percent=10'

/** The platform never notifies: what it changed is seen at the next full reading. */
const refreshMs = 300_000

/** What it needs of the application. */
export interface GatewayApp extends Context {
  readonly deployDomain: string | null
  readonly mailer: Pick<Mailer, 'platformUrl'>
  readonly watchChanges: (signal: AbortSignal) => AsyncIterable<Change>
}

/** The gateway as a part of the agent. */
export function createGatewayPart(app: GatewayApp, settings: GatewaySettings): Part & { readonly name: 'gateway' } {
  const { sql, log, deployDomain, mailer } = app
  const { address, port, isForwardAuth, publicUrl } = settings
  const nowMs = () => performance.now()
  const map = createHostnameMap({ sql, deployDomain })
  const owners = createKeptAnswers({ read: (hostname) => resolveHostname(sql, hostname, deployDomain), nowMs })
  const projects = createKeptAnswers({ read: (projectId) => readBlockedProject(sql, projectId), nowMs })
  const intake = isForwardAuth ? createForwardIntake(app, { source: `${address}:${port}` }) : null
  const stopping = new AbortController()
  let gateway: Gateway | undefined
  let fresh: Promise<unknown> = Promise.resolve()

  /** Without forward auth nothing is known by heart: what visitors of blocked projects ask for is little. */
  const refresh = async () => {
    if (intake !== null) await Promise.all([map.refresh(), intake.refresh()])
  }
  const takeChange = async (change: Change) => {
    if (mayMove(change)) {
      owners.expire()
      projects.expire()
    }
    if (intake !== null) await Promise.all([intake.takeChange(change), map.takeChange(change)])
  }

  return {
    name: 'gateway',
    async prepare() {
      gateway = await startGateway({
        address,
        port,
        log,
        lookup: (hostname) => (isForwardAuth ? map.lookup(hostname) : undefined),
        owners,
        projects,
        platformUrl: mailer.platformUrl,
        decideForward: intake && createForwardAuth({ map, hits: intake.hits, now: Date.now }),
        wake: publicUrl === null ? null : { publicUrl, answer: createWakeAnswers(app) },
      })
      const url = `http://${address}:${gateway.port}`
      log.info({ url, isForwardAuth, publicUrl }, 'The gateway answers.')
    },
    async start() {
      if (intake !== null) setFlagsFromString(heapGrowth)
      await refresh()
      await intake?.start()
      const { watchChanges } = app
      const { signal } = stopping
      fresh = keepFresh({ context: app, watchChanges, signal, intervalMs: refreshMs, refresh, takeChange }).catch(
        (error: unknown) =>
          log.warn({ code: databaseErrorOf(error).code }, 'The gateway hears of no changes; it asks by itself.'),
      )
    },
    async stop() {
      stopping.abort()
      await gateway?.stop()
      await intake?.stop()
      await fresh
    },
    ...(intake !== null && { report: intake.report }),
  }
}

/** Whether a change may have put a project to sleep, or woken one. */
function mayMove(change: Change): boolean {
  return ['connected', 'sweep', 'revert', 'outside', 'project', 'edge'].includes(change.kind)
}
