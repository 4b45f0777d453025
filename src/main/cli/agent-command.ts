import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import path from 'node:path'
import nodeProcess from 'node:process'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { readFigures } from '../../core/queries/figures.ts'
import { type LogFormat, logFormats } from '../../core/traffic/log-line.ts'
import { createAgent, requireWritable } from '../agent/agent.ts'
import { type Health, startHealth } from '../agent/health.ts'
import type { AccessLogSettings } from '../agent/intake/intake-part.ts'
import { createMetrics } from '../agent/metrics.ts'
import { type AgentPart, agentParts, composeParts } from '../agent/parts.ts'
import { schedulerTimes } from '../agent/scheduler-part.ts'
import { createApp } from '../app.ts'
import { exitCodes } from './answer.ts'
import type { Handle, Output } from './program.ts'
import type { Process } from './session.ts'

/** Beside the console's connections: a sweep, a delivery and a scrape must not wait for each other. */
const agentConnections = 6

const defaultHealthPort = 9_464

/** systemd and Docker kill what has not ended ten seconds after SIGTERM. */
const endDeadlineMs = 9_500

/** For the process to end by itself once everything has stopped. */
const lingerMs = 500

interface AgentFlags {
  readonly without: readonly AgentPart[]
  readonly port: number
  readonly heartbeat: number
  readonly poll: number
  readonly accessLog?: string
  readonly accessLogFormat?: LogFormat
  readonly json?: boolean
}

/** `agent`: what acts while nobody looks, until Ctrl-C or SIGTERM. */
export function addAgentCommand(program: Command, handle: Handle, process: Process, output: Output): void {
  handle(
    program
      .command('agent')
      .description('run Vigie without a window: what is due is done, and said at /healthz, /readyz and /metrics')
      .option('--without <parts>', `leave out some of ${agentParts.join(', ')}`, parseParts, [])
      .option(
        '--port <number>',
        'the port of the health endpoint on 127.0.0.1; 0: a free one',
        parsePort,
        defaultHealthPort,
      )
      .option('--heartbeat <seconds>', 'how often it says that it lives', parseSeconds, 15)
      .option('--poll <seconds>', 'how often it looks for ticks besides their own instants', parseSeconds, 20)
      .option('--access-log <path>', 'the access log of Traefik’s that is followed; -: standard input')
      .addOption(
        new Option('--access-log-format <format>', 'how it is written; by default each line tells').choices(logFormats),
      ),
    async (command) => {
      const flags = command.opts<AgentFlags>()
      const { env, log, signal } = process
      const endInTime = () => setTimeout(() => nodeProcess.exit(exitCodes.failed), endDeadlineMs).unref()
      signal.addEventListener('abort', endInTime, { once: true })
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
          without: flags.without,
          accessLog: accessLogOf(flags),
          input: nodeProcess.stdin,
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

function accessLogOf({ accessLog, accessLogFormat }: AgentFlags): AccessLogSettings | null {
  if (accessLog === undefined) return null
  return { source: accessLog === '-' ? accessLog : path.resolve(accessLog), format: accessLogFormat ?? null }
}

function parseParts(text: string): AgentPart[] {
  return text.split(',').map((word) => {
    const part = agentParts.find((known) => known === word.trim())
    if (part === undefined) throw new InvalidArgumentError(`Parts are ${agentParts.join(', ')}.`)
    return part
  })
}

function parsePort(text: string): number {
  const port = Number(text)
  if (!/^\d+$/.test(text) || port > 65_535) throw new InvalidArgumentError('It must be a number from 0 to 65535.')
  return port
}

function parseSeconds(text: string): number {
  const seconds = Number(text)
  if (!(seconds >= 0.1 && seconds <= 60)) throw new InvalidArgumentError('It must be a number from 0.1 to 60.')
  return seconds
}
