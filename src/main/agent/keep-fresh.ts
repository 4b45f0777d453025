import { setTimeout as sleep } from 'node:timers/promises'
import type { Change } from '../../core/change.ts'
import type { Context } from '../../core/context.ts'
import { databaseErrorOf } from '../../core/database-error.ts'

export interface KeepFreshOptions {
  readonly context: Pick<Context, 'log'>
  readonly watchChanges: (signal: AbortSignal) => AsyncIterable<Change>
  readonly signal: AbortSignal
  /** Everything is read again so often, since the platform notifies of nothing. */
  readonly intervalMs: number
  readonly refresh: () => Promise<void>
  /** What a notification is about; errors are those of the database. */
  readonly takeChange: (change: Change) => Promise<void>
}

/** Keeps what a part knows of the database fresh, until the signal is aborted. It outlives the database's absence. */
export async function keepFresh(options: KeepFreshOptions): Promise<void> {
  const { context, signal, intervalMs } = options
  let isStale = false
  const attempt = async (work: () => Promise<void>) => {
    try {
      await work()
      isStale = false
    } catch (error) {
      const { code, message } = databaseErrorOf(error)
      if (!isStale)
        context.log.warn({ code }, `Hostnames could not be read again; those that are known serve. ${message}`)
      isStale = true
    }
  }
  const listen = async () => {
    for await (const change of options.watchChanges(signal)) await attempt(() => options.takeChange(change))
  }
  const readAgain = async () => {
    while (!signal.aborted) {
      await sleep(intervalMs, undefined, { signal }).catch(() => undefined)
      if (!signal.aborted) await attempt(options.refresh)
    }
  }
  await Promise.all([listen(), readAgain()])
}
