import type { App } from '../app.ts'
import { createContainersPart } from './containers/containers-part.ts'
import { createHeartbeat } from './heartbeat.ts'
import { createMailPart } from './mail-part.ts'
import type { Part } from './part.ts'
import { type Containers, createSchedulerPart, type SchedulerTimes } from './scheduler-part.ts'

/** The parts that can be left out. */
export const agentParts = ['scheduler', 'mail', 'containers'] as const
export type AgentPart = (typeof agentParts)[number]

export interface Composition {
  readonly app: App
  readonly agentId: string
  readonly heartbeatMs: number
  readonly times: SchedulerTimes
  readonly without: readonly AgentPart[]
  /** Null: there is no way to them. */
  readonly containers: Containers | null
}

/** The parts of an agent in the order in which they start; the heartbeat first, so that it ends last. */
export function composeParts({ app, agentId, heartbeatMs, times, without, containers }: Composition): readonly Part[] {
  const optional: readonly (Part & { readonly name: AgentPart })[] = [
    createSchedulerPart(app, times, without.includes('containers') ? null : containers),
    createMailPart(app),
    ...(containers === null ? [] : [createContainersPart(app, containers)]),
  ]
  const parts = optional.filter((part) => !without.includes(part.name))
  return [createHeartbeat(app, { agentId, parts, intervalMs: heartbeatMs }), ...parts]
}
