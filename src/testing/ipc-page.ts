import { createTRPCClient, TRPCClientError } from '@trpc/client'
import type { AnyTRPCRouter } from '@trpc/server'
import type { RpcReply, RpcRequest } from '../core/rpc-message.ts'
import { createAppDouble } from '../main/console/testing/app-double.ts'
import { openRpcConnection, type RpcServerOptions } from '../main/desktop/rpc-server.ts'
import { ipcLink } from '../renderer/rpc/ipc-link.ts'

/*
 * The page's link and the main process's server, over a channel that clones as Electron's does. Above both layers, since
 * neither knows the other.
 */

/** The application behind the procedures. */
export const double = createAppDouble(true)
export const logged: string[] = []
const log = {
  info() {},
  warn: (_fields: object, message: string) => logged.push(message),
  error: (_fields: object, message: string) => logged.push(message),
}

/** Signals of the procedures that wait until they are aborted. */
export const waitingSignals: AbortSignal[] = []

/** Rejects when the signal is aborted. */
export function untilAborted(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_resolve, reject) => {
    if (signal === undefined) return reject(new Error('no signal'))
    waitingSignals.push(signal)
    signal.addEventListener('abort', () => reject(new Error('aborted')))
  })
}

/** A page with its client, and both ends of its channel to look at. */
export function openPage<TRouter extends AnyTRPCRouter>(served: TRouter, options: Partial<RpcServerOptions> = {}) {
  const requests: RpcRequest[] = []
  const replies: RpcReply[] = []
  const listeners = new Set<(reply: RpcReply) => void>()
  const connection = openRpcConnection(
    {
      router: served,
      createContext: async () => ({ app: double.app }),
      log,
      maxCalls: 50,
      maxSubscriptions: 3,
      ...options,
    },
    (reply) => {
      const copy = structuredClone(reply)
      replies.push(copy)
      queueMicrotask(() => {
        for (const listener of listeners) listener(copy)
      })
    },
  )
  const link = ipcLink<TRouter>({
    send(request) {
      const copy = structuredClone(request)
      requests.push(copy)
      queueMicrotask(() => connection.receive(copy))
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  })
  return {
    client: createTRPCClient<TRouter>({ links: [link] }),
    requests,
    receive: connection.receive,
    replies,
    close: connection.close,
  }
}

/** A subscription's course, from its state before the start to its end. */
export function follow(start: (handlers: ReturnType<typeof record>['handlers']) => { unsubscribe: () => void }) {
  const { course, ended, handlers } = record()
  return { course, ended, ...start(handlers) }
}

function record() {
  const course: unknown[] = []
  let end: () => void = () => {}
  const ended = new Promise<void>((resolve) => {
    end = resolve
  })
  const handlers = {
    onStarted: () => course.push('started'),
    onData: (value: unknown) => course.push({ value }),
    onStopped: () => course.push('stopped'),
    onConnectionStateChange: ({ state }: { state: string }) => course.push(state),
    onError(error: unknown) {
      course.push({ error: shapeOf(error) })
      end()
    },
    onComplete() {
      course.push('complete')
      end()
    },
  }
  return { course, ended, handlers }
}

/** What the page learns of an error. */
function shapeOf(error: unknown) {
  if (!(error instanceof TRPCClientError)) throw error
  return error.data?.vigie
}

/** What the page learns of the error of a call that must fail. */
export async function errorOf(promise: Promise<unknown>) {
  return promise.then(
    (value) => {
      throw new Error(`no error, but ${String(value)}`)
    },
    (error: unknown) => shapeOf(error),
  )
}
