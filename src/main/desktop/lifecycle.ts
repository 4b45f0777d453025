import type { Log } from '../../core/context.ts'

/** What of Electron's application this needs. */
interface QuittableApp {
  on(event: 'before-quit', listener: (event: { preventDefault(): void }) => void): unknown
  quit(): void
  exit(exitCode: number): void
}

export interface QuitOptions {
  readonly app: QuittableApp
  /** Where the signals come from. */
  readonly signals: { on(signal: 'SIGINT' | 'SIGTERM' | 'SIGHUP', listener: () => void): unknown }
  /** Ends everything that must not be cut off. */
  readonly stop: () => Promise<void>
  /** How long that may take before the process ends anyway. */
  readonly stopTimeoutMs: number
  readonly closeWindows: () => void
  readonly log: Log
}

/**
 * Quits in order, whoever asks (menu, last window, signal): windows first, then `stop`, then the process. Exit code 0, or
 * 1 when something could not be stopped in time.
 */
export function quitInOrder({ app, signals, stop, stopTimeoutMs, closeWindows, log }: QuitOptions): {
  hasBegun: () => boolean
} {
  let isQuitting = false
  app.on('before-quit', (event) => {
    event.preventDefault()
    if (isQuitting) return
    isQuitting = true
    closeWindows()
    endWithin(stop(), stopTimeoutMs).then(
      () => app.exit(0),
      (err: unknown) => {
        log.error({ err }, 'Vigie could not be stopped in order.')
        app.exit(1)
      },
    )
  })
  // Electron has handlers of its own for these; that they end in a quit is not documented for every platform.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) signals.on(signal, () => app.quit())
  return { hasBegun: () => isQuitting }
}

async function endWithin(work: Promise<void>, timeoutMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const timeout = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`It took more than ${timeoutMs} ms.`)), timeoutMs)
  })
  await Promise.race([work, timeout]).finally(() => clearTimeout(timer))
}
