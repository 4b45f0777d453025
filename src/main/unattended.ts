import { createAgent } from './agent/agent.ts'
import { createMailPart } from './agent/mail-part.ts'
import { createSchedulerPart, schedulerTimes } from './agent/scheduler-part.ts'
import type { App } from './app.ts'
import type { Settings } from './settings.ts'

/**
 * The application as a desktop runs it: with scheduler and mail if its settings say so, by default only on the embedded
 * database, since laptops sleep. They wait for a database they can work with, and end before it is closed.
 */
export function withUnattended(app: App, { runsScheduler }: Settings): App {
  if (!(runsScheduler ?? app.databaseTarget.kind === 'embedded')) return app
  const agent = createAgent({
    log: app.log,
    checkDatabase: app.checkDatabase,
    parts: [createSchedulerPart(app, schedulerTimes), createMailPart(app, null)],
    signal: new AbortController().signal,
  })
  agent
    .start()
    .catch((err: unknown) => app.log.error({ err }, 'Nothing runs by itself: the scheduler could not start.'))
  return {
    ...app,
    stop: async () => {
      await agent.stop()
      await app.stop()
    },
  }
}
