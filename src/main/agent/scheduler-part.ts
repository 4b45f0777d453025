import { setTimeout as sleep } from 'node:timers/promises'
import { cleanUp } from '../../core/containers/clean-up.ts'
import type { ContainerEngine } from '../../core/containers/engine.ts'
import { databaseErrorOf } from '../../core/database-error.ts'
import { expireExemptions } from '../../core/exemptions.ts'
import { countStatuses } from '../../core/jobs/count-statuses.ts'
import { prune } from '../../core/jobs/prune.ts'
import { runJob } from '../../core/jobs/run-job.ts'
import { queueWarnings } from '../../core/mail/queue-warnings.ts'
import { noticeChanges } from '../../core/notice-changes.ts'
import { defaultBatchSize } from '../../core/sweep/run.ts'
import { runTickSweep } from '../../core/sweep/run-tick.ts'
import type { App } from '../app.ts'
import { createScheduler, type TickWork } from '../scheduler.ts'
import type { Part } from './part.ts'

export interface SchedulerTimes {
  /** How often ticks are looked for besides their own instants. */
  readonly pollIntervalMs: number
  /** How often changes made outside Vigie are looked for. */
  readonly noticeIntervalMs: number
}

export const schedulerTimes: SchedulerTimes = { pollIntervalMs: 20_000, noticeIntervalMs: 240_000 }

/** What reaches containers. */
export interface Containers {
  readonly engine: ContainerEngine
  readonly deployDomain: string
}

/**
 * The scheduler with all that it runs: the nightly sweep, the daily counts, pruning, and noticing what others changed.
 * The cleanup of deployments only with containers, and while their engine answers.
 */
export function createSchedulerPart(
  app: App,
  times: SchedulerTimes,
  containers: Containers | null = null,
): Part & { readonly name: 'scheduler' } {
  const stopping = new AbortController()
  const scheduler = createScheduler({
    context: app,
    pollIntervalMs: times.pollIntervalMs,
    work: {
      sweep: sweepOf(app),
      counts: (context, claim) => runJob(context, claim, () => countStatuses(context)),
      pruning: (context, claim, signal) => runJob(context, claim, () => prune(context, { signal })),
      ...(containers && { cleanup: cleanupOf(containers) }),
    },
    ...(containers && { isReady: { cleanup: async () => (await containers.engine.ping(stopping.signal)) === null } }),
  })
  let noticing: Promise<void> | undefined
  const keepNoticing = async () => {
    while (!stopping.signal.aborted) {
      await app.alerts.tellHeld()
      try {
        await noticeChanges(app, { signal: stopping.signal })
        await expireExemptions(app, { signal: stopping.signal })
        await queueWarnings(app, stopping.signal)
      } catch (error) {
        const { code, message } = databaseErrorOf(error)
        app.log.error({ code }, `Changes outside Vigie could not be looked for; tried again later. ${message}`)
      }
      await sleep(times.noticeIntervalMs, undefined, { signal: stopping.signal }).catch(() => undefined)
    }
  }
  return {
    name: 'scheduler',
    start() {
      scheduler.start()
      noticing ??= keepNoticing()
    },
    async stop() {
      stopping.abort()
      await Promise.all([scheduler.stop(), noticing])
    },
  }
}

/** Containers that the cleanup deals with at once, by project. */
const cleanupConcurrency = 4

function cleanupOf({ engine, deployDomain }: Containers): TickWork {
  return (context, claim, signal) => {
    const options = { deployDomain, signal, concurrency: cleanupConcurrency }
    return runJob(
      context,
      claim,
      () => cleanUp(context, engine, claim, options),
      (end) => end,
    )
  }
}

function sweepOf(app: App): TickWork {
  return async (context, claim, signal) => {
    await noticeChanges(context, { signal })
    await expireExemptions(context, { signal })
    const { hold } = await runTickSweep(context, claim, { signal, batchSize: defaultBatchSize })
    if (hold !== null) await app.alerts.tellHeld()
  }
}
