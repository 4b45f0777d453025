import { randomUUID } from 'node:crypto'
import type { Command } from 'commander'
import { recognisePlatform } from '../../core/containers/recognise-platform.ts'
import { databaseErrorOf } from '../../core/database-error.ts'
import { runDoctor } from '../../core/doctor.ts'
import type { CountingReading } from '../../core/edge-doctor/judge-counting.ts'
import { VigieError } from '../../core/errors.ts'
import { readNow } from '../../core/queries/projects.ts'
import { listIntakes } from '../../core/watch/intakes.ts'
import { readDockerHost } from '../agent/containers/docker-host.ts'
import { examineEdge } from '../agent/edge-doctor/examine-edge.ts'
import { readRoutingConfig } from '../agent/routing/routing-config.ts'
import { readConfig } from '../config.ts'
import { machineName, type Pool, withSession } from '../database/connect.ts'
import { readClock } from '../database/read-clock.ts'
import { readVersion } from '../version.ts'
import { accessLogOf, addEdgeFlags, type EdgeFlags, urlsOf } from './agent-flags.ts'
import { type Answer, exitCodes, printable } from './answer.ts'
import type { Handle } from './program.ts'
import { type Process, withApp, withBarePool } from './session.ts'

type DoctorFlags = EdgeFlags & { readonly edge?: boolean }

/** `doctor`: tries the lifecycle on the database, or with `--edge` looks at what an agent beside Traefik relies on. */
export function addDoctorCommand(program: Command, handle: Handle, process: Process): void {
  handle(
    addEdgeFlags(
      program
        .command('doctor')
        .description('try the whole lifecycle on rows of its own, and roll it back; or look at the edge')
        .option(
          '--edge',
          'look at what an agent relies on beside Traefik on this machine, given its flags and variables',
        ),
    ),
    async (command) => {
      const flags = command.opts<DoctorFlags>()
      if (flags.edge) return examine(process, flags)
      const names = ['accessLog', 'accessLogFormat', 'gatewayUrl', 'traefikUrl']
      if (names.some((name) => command.getOptionValueSource(name) === 'cli')) {
        throw new VigieError('USAGE', 'These flags tell of an edge, which is looked at with --edge.')
      }
      return tryLifecycle(process)
    },
  )
}

async function tryLifecycle(process: Process): Promise<Answer> {
  const steps = await withApp(process, (app) =>
    withSession(app.pool, (session) => runDoctor(session, app.origin, randomUUID())),
  )
  const isOk = steps.every((step) => step.isOk)
  const lines = steps.map(({ name, isOk, problem }) => line(isOk ? 'ok' : 'failed', name, problem))
  return answer(isOk, steps, lines)
}

async function examine(process: Process, flags: DoctorFlags): Promise<Answer> {
  const { env, signal } = process
  const { database, deployDomain } = readConfig(env)
  const steps = await examineEdge({
    accessLog: accessLogOf(flags),
    routing: readRoutingConfig(env, urlsOf(flags)),
    deployDomain,
    dockerHost: readDockerHost(env),
    // The embedded database would be made for it, and has this machine's clock.
    readClock: database && (() => withBarePool(process, 'none', readClock)),
    readCounting: database && (() => withBarePool(process, 'none', readCounting)),
    machine: machineName(),
    recogniseEngine:
      database &&
      ((engine, ended) => withBarePool(process, 'none', (pool) => recognisePlatform(pool, engine).ping(ended))),
    describeError: (error) => databaseErrorOf(error).message,
    version: readVersion(),
    seed: randomUUID().slice(0, 8),
    signal,
  })
  const isOk = steps.every(({ outcome }) => outcome !== 'failed')
  return answer(
    isOk,
    steps,
    steps.map(({ name, outcome, message }) => line(outcome, name, message)),
  )
}

async function readCounting(pool: Pool): Promise<CountingReading> {
  return { intakes: await listIntakes(pool), now: await readNow(pool) }
}

const marks = { ok: 'ok     ', failed: 'FAILED ', skipped: 'skipped' } as const

function line(outcome: keyof typeof marks, name: string, message?: string): string {
  return `${marks[outcome]}  ${name}${message === undefined ? '' : `: ${printable(message)}`}`
}

function answer(isOk: boolean, steps: readonly object[], lines: readonly string[]): Answer {
  return { json: { ok: isOk, steps }, text: lines.join('\n'), exitCode: isOk ? exitCodes.done : exitCodes.failed }
}
