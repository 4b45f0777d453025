import { randomUUID } from 'node:crypto'
import { type Agent, createAgent } from './agent/agent.ts'
import { createHeartbeat } from './agent/heartbeat.ts'
import { createMailPart } from './agent/mail-part.ts'
import { createSchedulerPart, schedulerTimes } from './agent/scheduler-part.ts'
import type { App } from './app.ts'
import type { UnattendedSwitch } from './rpc/trpc.ts'
import type { Settings } from './settings.ts'

export interface UnattendedOptions {
  readonly settings: Pick<Settings, 'runsScheduler'>
  /** Keeps what a person chose for the next start. */
  readonly saveSettings: (settings: Partial<Settings>) => Promise<void>
}

const heartbeatMs = 15_000

/**
 * The application as a desktop runs it: with scheduler and mail if its settings say so, by default only on the embedded
 * database, since laptops sleep. They wait for a database they can work with, and end before it is closed. The switch in
 * the window starts and ends them at once.
 */
export function withUnattended(app: App, { settings, saveSettings }: UnattendedOptions): App {
  let agent: Agent | null = null
  /** One switching after the other. */
  let turn: Promise<void> = Promise.resolve()

  const start = () => {
    // A sender closes its way out when it ends; the next one, and alerts, need one that is open.
    const own: App = { ...app, mailer: app.openMailer() }
    const parts = [createSchedulerPart(own, schedulerTimes), createMailPart(own)]
    const heartbeat = createHeartbeat(own, { agentId: randomUUID(), parts, intervalMs: heartbeatMs })
    const { log, recheckDatabase: checkDatabase } = app
    agent = createAgent({ log, checkDatabase, parts: [heartbeat, ...parts], signal: new AbortController().signal })
    agent.start().catch((err: unknown) => log.error({ err }, 'Nothing runs by itself: the scheduler could not start.'))
  }
  const end = async () => {
    const ending = agent
    agent = null
    await ending?.stop()
  }
  const unattended: UnattendedSwitch = {
    isOn: () => agent !== null,
    turn(isOn) {
      const switched = turn.then(async () => {
        await saveSettings({ runsScheduler: isOn })
        if (isOn && agent === null) start()
        if (!isOn) await end()
        app.log.info({ isOn }, 'Whether this desktop acts by itself was switched.')
      })
      turn = switched.catch(() => undefined)
      return switched
    },
  }

  if (settings.runsScheduler ?? app.databaseTarget.kind === 'embedded') start()
  return {
    ...app,
    unattended,
    stop: async () => {
      await turn
      await end()
      await app.stop()
    },
  }
}
