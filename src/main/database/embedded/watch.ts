import { setTimeout as sleep } from 'node:timers/promises'
import type { EmbeddedConnection } from './connection.ts'
import { openSession, type Session } from './session.ts'

export interface Watch {
  /** Resolves when the server has ended; never after `stop`. */
  readonly ended: Promise<void>
  stop(): Promise<void>
}

/**
 * Watches a server through an idle session, which is closed the moment the server ends. A session may also be closed by
 * itself (terminated by a person, a crash of another session from which the server recovers): then a new one is opened,
 * and only another server, or none, is the end of this one.
 */
export function watchServer(connection: EmbeddedConnection, first: Session, pollIntervalMs: number): Watch {
  let session = first
  let isStopped = false

  const followServer = async (): Promise<void> => {
    for (;;) {
      await session.closed
      await session.close()
      const next = isStopped ? undefined : await reopen(connection, pollIntervalMs)
      if (next === undefined) return
      if (next.serverStartedAt !== first.serverStartedAt) return await next.close()
      session = next
      if (isStopped) return await next.close()
    }
  }

  return {
    ended: new Promise((resolve) => {
      const tell = (): void => {
        if (!isStopped) resolve()
      }
      // A server that cannot be asked any more counts as ended: opening it again says what is wrong with it.
      followServer().then(tell, tell)
    }),
    stop: async () => {
      isStopped = true
      await session.close()
    },
  }
}

async function reopen(connection: EmbeddedConnection, pollIntervalMs: number): Promise<Session | undefined> {
  for (;;) {
    const answer = await openSession(connection)
    if (answer === 'absent') return undefined
    if (answer !== 'busy') return answer
    await sleep(pollIntervalMs)
  }
}
