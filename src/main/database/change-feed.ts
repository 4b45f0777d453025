import type { Change } from '../../core/change.ts'
import type { Log } from '../../core/context.ts'
import { databaseErrorOf } from '../../core/database-error.ts'
import type { Pool } from './connect.ts'

/** What PostgreSQL notifies, for any number of readers in this process, over one connection of its own. */
export interface ChangeFeed {
  /** Changes from now on, until the signal is aborted. Starts with `connected` once the feed stands. */
  readonly watch: (signal: AbortSignal) => AsyncGenerator<Change, void, undefined>
}

/** A reader that does not keep up loses nothing it needs: it is told `connected`, and reads everything again. */
const maxPending = 1_000

/**
 * Opens the feed; it opens itself again after every loss, and tells its readers. The driver does not say that it lost the
 * connection, so that the database is asked every `pingIntervalMs` while somebody reads.
 */
export function openChangeFeed(pool: Pool, log: Log, pingIntervalMs = 3_000): ChangeFeed {
  const readers = new Set<(change: Change) => void>()
  const tell = (change: Change) => {
    for (const reader of readers) reader(change)
  }
  let isConnected = false
  let timer: ReturnType<typeof setInterval> | undefined
  const ping = () =>
    pool`select 1`.then(
      () => undefined,
      () => {
        if (isConnected) tell({ kind: 'disconnected' })
        isConnected = false
      },
    )
  const listen = () =>
    pool.listen(
      'vigie',
      (payload) => {
        const change = parseChange(payload)
        if (change !== null) tell(change)
      },
      () => {
        isConnected = true
        tell({ kind: 'connected' })
      },
    )
  // The driver tries again by itself (its `backoff`); only the first refusal is ours to hear.
  listen().catch((error: unknown) =>
    log.warn({ code: databaseErrorOf(error).code }, 'No live changes yet; trying again.'),
  )

  return {
    async *watch(signal) {
      const pending: Change[] = isConnected ? [{ kind: 'connected' }] : []
      let wake = () => {}
      const read = (change: Change) => {
        if (pending.length >= maxPending) pending.splice(0, pending.length, { kind: 'connected' })
        else pending.push(change)
        wake()
      }
      const stop = () => wake()
      readers.add(read)
      timer ??= setInterval(ping, pingIntervalMs).unref()
      signal.addEventListener('abort', stop)
      try {
        while (!signal.aborted) {
          const change = pending.shift()
          if (change !== undefined) yield change
          else
            await new Promise<void>((resolve) => {
              wake = resolve
            })
        }
      } finally {
        readers.delete(read)
        if (readers.size === 0) {
          clearInterval(timer)
          timer = undefined
        }
        signal.removeEventListener('abort', stop)
      }
    },
  }
}

/** The functions under migrations/ write these; anything else on the channel is not ours. */
function parseChange(payload: string): Change | null {
  try {
    const change: unknown = JSON.parse(payload)
    return isChange(change) ? change : null
  } catch {
    return null
  }
}

const notified: ReadonlySet<string> = new Set<Change['kind']>([
  'run',
  'sweep',
  'hold',
  'revert',
  'outside',
  'mail',
  'project',
  'note',
  'traffic',
  'policy',
  'pause',
  'agent',
  'flush',
  'edge',
  'exclusion',
  'exemption',
])

function isChange(value: unknown): value is Change {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return false
  return typeof value.kind === 'string' && notified.has(value.kind)
}
