import { setTimeout as sleep } from 'node:timers/promises'
import type { Context } from '../../core/context.ts'
import { databaseErrorOf } from '../../core/database-error.ts'
import type { Part, PartReport } from './part.ts'

type HeartbeatContext = Context & {
  /** Replaces sessions that took over a read-only state which is over. */
  readonly recheckDatabase: () => Promise<unknown>
}

export interface HeartbeatOptions {
  readonly agentId: string
  /** What this agent does. */
  readonly parts: readonly Part[]
  readonly intervalMs: number
  /** How long the end of the agent waits for its last word. */
  readonly farewellMs?: number
}

/** Says in `vigie.agent` that this agent lives, now and every `intervalMs`, as long as the database answers. */
export function createHeartbeat(context: HeartbeatContext, options: HeartbeatOptions): Part {
  const { sql, log, origin, recheckDatabase } = context
  const { agentId, parts, intervalMs, farewellMs = 1_500 } = options
  let timer: ReturnType<typeof setTimeout> | undefined
  let hasStarted = false
  let isStopped = false
  let isSilent = false
  let hasGap = false

  const beat = async () => {
    const [row] = await sql<{ hasGap: boolean }[]>`
      select vigie.agent_heartbeat(
        ${agentId}, ${parts.map((part) => part.name)}::text[], ${sql.json({ ...origin })}, ${sql.json(reportOf(parts))}) as "hasGap"`
    if (row?.hasGap === true && !hasGap) {
      log.error({ agentId }, 'No agent had been heard of for long: an outage or a restored copy. Somebody has to look.')
    }
    hasGap = row?.hasGap === true
  }
  const beatAgain = async () => {
    try {
      await beat()
      if (isSilent) log.info({ agentId }, 'The database answers again.')
      isSilent = false
    } catch (error) {
      const { code, message } = databaseErrorOf(error)
      if (!isSilent) log.error({ agentId, code }, `No heartbeat: ${message} Trying again.`)
      isSilent = true
      if (code === 'DATABASE_READ_ONLY') await recheckDatabase().catch(() => undefined)
    }
    if (!isStopped) timer = setTimeout(beatAgain, intervalMs)
  }
  return {
    name: 'heartbeat',
    async start() {
      await beat()
      hasStarted = true
      if (!isStopped) timer = setTimeout(beatAgain, intervalMs)
    },
    async stop() {
      isStopped = true
      clearTimeout(timer)
      if (!hasStarted) return
      const farewell = sql`select vigie.agent_stopped(${agentId})`.then(
        () => undefined,
        () => undefined,
      )
      const timeout = new AbortController()
      await Promise.race([farewell, sleep(farewellMs, undefined, { signal: timeout.signal }).catch(() => undefined)])
      timeout.abort()
    },
  }
}

function reportOf(parts: readonly Part[]): Record<string, PartReport> {
  return Object.fromEntries(parts.map((part) => [part.name, part.report?.() ?? { error: null }]))
}
