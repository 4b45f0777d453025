import type { Readable } from 'node:stream'
import type { App } from '../app.ts'
import { createHeartbeat } from './heartbeat.ts'
import { type AccessLogSettings, createIntakePart } from './intake/intake-part.ts'
import { createMailPart } from './mail-part.ts'
import type { Part } from './part.ts'
import { createSchedulerPart, type SchedulerTimes } from './scheduler-part.ts'

/** The parts that can be left out. */
export const agentParts = ['scheduler', 'mail', 'intake'] as const
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
}

/** The parts of an agent in the order in which they start; the heartbeat first, so that it ends last. */
export function composeParts(composition: Composition): readonly Part[] {
  const { app, agentId, heartbeatMs, times, without, accessLog, input } = composition
  const optional: readonly (Part & { readonly name: AgentPart })[] = [
    createSchedulerPart(app, times),
    createMailPart(app),
    ...(accessLog === null ? [] : [createIntakePart(app, { settings: accessLog, input })]),
  ]
  if (accessLog === null && !without.includes('intake')) {
    app.log.info({ part: 'intake' }, 'No access log is followed: --access-log names none.')
  }
  const parts = optional.filter((part) => !without.includes(part.name))
  return [createHeartbeat(app, { agentId, parts, intervalMs: heartbeatMs }), ...parts]
}
