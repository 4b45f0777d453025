import type { Readable } from 'node:stream'
import type { App } from '../app.ts'
import { createContainersPart } from './containers/containers-part.ts'
import { createGatewayPart, type GatewaySettings } from './gateway/gateway-part.ts'
import { createHeartbeat } from './heartbeat.ts'
import { type AccessLogSettings, createIntakePart } from './intake/intake-part.ts'
import { createMailPart } from './mail-part.ts'
import type { Part } from './part.ts'
import { composeRoutingPart } from './routing/compose-routing-part.ts'
import type { RoutingConfig } from './routing/routing-config.ts'
import { type Containers, createSchedulerPart, type SchedulerTimes } from './scheduler-part.ts'

/** The parts that can be left out. */
export const agentParts = ['scheduler', 'mail', 'intake', 'gateway', 'routing', 'containers'] as const
export type AgentPart = (typeof agentParts)[number]

export interface Composition {
  readonly app: App
  readonly agentId: string
  readonly heartbeatMs: number
  readonly times: SchedulerTimes
  readonly without: readonly AgentPart[]
  /** Null: no log is followed. */
  readonly accessLog: AccessLogSettings | null
  readonly input: Readable
  readonly gateway: GatewaySettings
  readonly routing: RoutingConfig
  /** Null: there is no way to them. */
  readonly containers: Containers | null
}

/**
 * The parts of an agent in the order in which they start; the heartbeat first, so that it ends last. A part whose settings
 * are missing is left out, with a line in the log that names them.
 */
export function composeParts(composition: Composition): readonly Part[] {
  const { app, agentId, heartbeatMs, times, without, accessLog, input, gateway, routing, containers } = composition
  const optional: Readonly<Record<AgentPart, () => Part | null>> = {
    scheduler: () => createSchedulerPart(app, times, containers),
    mail: () => createMailPart(app, gateway.publicUrl),
    intake() {
      if (accessLog !== null) return createIntakePart(app, { settings: accessLog, input })
      app.log.info({ part: 'intake' }, 'The part intake is left out: --access-log names no log.')
      return null
    },
    gateway: () => createGatewayPart(app, gateway),
    routing: () => composeRoutingPart(app, routing),
    containers: () => containers && createContainersPart(app, containers),
  }
  const parts = agentParts
    .filter((name) => !without.includes(name))
    .map((name) => optional[name]())
    .filter((part) => part !== null)
  return [createHeartbeat(app, { agentId, parts, intervalMs: heartbeatMs }), ...parts]
}
