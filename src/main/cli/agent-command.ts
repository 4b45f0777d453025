import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import nodeProcess from 'node:process'
import type { Command } from 'commander'
import { readFigures } from '../../core/queries/figures.ts'
import { createAgent, requireWritable } from '../agent/agent.ts'
import { openContainers } from '../agent/containers/open-containers.ts'
import { type Health, startHealth } from '../agent/health.ts'
import { createMetrics } from '../agent/metrics.ts'
import { composeParts } from '../agent/parts.ts'
import { readRoutingConfig } from '../agent/routing/routing-config.ts'
import { schedulerTimes } from '../agent/scheduler-part.ts'
import { createApp } from '../app.ts'
import { type AgentFlags, accessLogOf, addAgentFlags, gatewayOf, refuseToCountTwice, urlsOf } from './agent-flags.ts'
import { exitCodes } from './answer.ts'
import type { Handle, Output } from './program.ts'
import type { Process } from './session.ts'

/** Beside the console's connections: a sweep, a delivery and a scrape must not wait for each other. */
const agentConnections = 6

/** systemd and Docker kill what has not ended ten seconds after SIGTERM. */
const endDeadlineMs = 9_500

/** For the process to end by itself once everything has stopped. */
const lingerMs = 500

/** `agent`: what acts while nobody looks, until Ctrl-C or SIGTERM. */
export function addAgentCommand(program: Command, handle: Handle, process: Process, output: Output): void {
  handle(
    addAgentFlags(
      program
        .command('agent')
        .description('run Vigie without a window: what is due is done, and said at /healthz, /readyz and /metrics'),
    ),
    async (command) => {
      const flags = command.opts<AgentFlags>()
      refuseToCountTwice(flags)
      const { env, log, signal } = process
      const endInTime = () => setTimeout(() => nodeProcess.exit(exitCodes.failed), endDeadlineMs).unref()
      signal.addEventListener('abort', endInTime, { once: true })
      const routing = readRoutingConfig(env, urlsOf(flags))
      const app = await createApp({
        entry: 'agent',
        env,
        log,
        preparation: 'sample',
        maxConnections: agentConnections,
        mustWrite: true,
      })
      let health: Health | undefined
      try {
        const parts = composeParts({
          app,
          agentId: randomUUID(),
          heartbeatMs: flags.heartbeat * 1000,
          times: { ...schedulerTimes, pollIntervalMs: flags.poll * 1000 },
          gateway: gatewayOf(flags),
          routing,
          without: flags.without,
          accessLog: accessLogOf(flags),
          input: nodeProcess.stdin,
          containers: flags.without.includes('containers') ? null : openContainers(env, app),
        })
        const agent = createAgent({ log, checkDatabase: app.recheckDatabase, parts, signal })
        const metrics = createMetrics({
          readFigures: () => readFigures(app.sql),
          askDatabase: () => app.sql`select 1`,
          version: app.origin.version,
        })
        health = await startHealth({
          port: flags.port,
          log,
          metrics,
          checkReady: async () => requireWritable(await app.recheckDatabase()),
        })
        const url = `http://127.0.0.1:${health.port}`
        output.stdout(flags.json ? `${JSON.stringify({ url })}\n` : `${url}\n`)
        try {
          const ended = signal.aborted ? Promise.resolve() : once(signal, 'abort').then(() => undefined)
          // It also ends because a part can never start.
          await Promise.race([agent.start(), ended])
          await ended
        } finally {
          await agent.stop()
        }
      } finally {
        await health?.stop()
        await app.stop()
      }
      // All is done. After a crash of the database the driver may keep something open that nobody can close.
      setTimeout(() => nodeProcess.exit(exitCodes.done), lingerMs).unref()
      return { text: '' }
    },
  )
}
