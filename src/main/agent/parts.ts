import type { App } from '../app.ts'
import { createHeartbeat } from './heartbeat.ts'
import { createMailPart } from './mail-part.ts'
import type { Part } from './part.ts'
import { composeRoutingPart } from './routing/compose-routing-part.ts'
import type { RoutingConfig } from './routing/routing-config.ts'
import { createSchedulerPart, type SchedulerTimes } from './scheduler-part.ts'

/** The parts that can be left out. */
export const agentParts = ['scheduler', 'mail', 'routing'] as const
export type AgentPart = (typeof agentParts)[number]

export interface Composition {
  readonly app: App
  readonly agentId: string
  readonly heartbeatMs: number
  readonly times: SchedulerTimes
  readonly routing: RoutingConfig
  readonly without: readonly AgentPart[]
}

/** The parts of an agent in the order in which they start; the heartbeat first, so that it ends last. */
export function composeParts(composition: Composition): readonly Part[] {
  const { app, agentId, heartbeatMs, times, routing, without } = composition
  const optional: Readonly<Record<AgentPart, () => Part | null>> = {
    scheduler: () => createSchedulerPart(app, times),
    mail: () => createMailPart(app),
    routing: () => composeRoutingPart(app, routing),
  }
  const parts = agentParts
    .filter((name) => !without.includes(name))
    .map((name) => optional[name]())
    .filter((part) => part !== null)
  return [createHeartbeat(app, { agentId, parts, intervalMs: heartbeatMs }), ...parts]
}
