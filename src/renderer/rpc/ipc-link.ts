import { TRPCClientError, type TRPCLink } from '@trpc/client'
import type { AnyTRPCRouter } from '@trpc/server'
import { observable } from '@trpc/server/observable'
import type { RpcBridge, RpcReply } from '../../core/rpc-message.ts'
import { openIpcChannel } from './ipc-channel.ts'

/**
 * The link of the desktop: every operation is a message to the main process, every answer one back. An error keeps its
 * `data`; unsubscribing and aborting reach the server. A subscription's states are those of tRPC's link for HTTP.
 */
export function ipcLink<TRouter extends AnyTRPCRouter>(bridge: RpcBridge): TRPCLink<TRouter> {
  const channel = openIpcChannel(bridge)
  return () =>
    ({ op }) =>
      observable((observer) => {
        const { type, path, input, signal } = op

        function setState(state: 'connecting' | 'pending' | 'idle'): void {
          observer.next({ result: { type: 'state', state, error: null } })
        }
        function endSubscription(): void {
          observer.next({ result: { type: 'stopped' } })
          setState('idle')
          observer.complete()
        }
        function abort(): void {
          if (type === 'subscription') endSubscription()
          else observer.error(TRPCClientError.from(new DOMException('The operation was aborted.', 'AbortError')))
        }
        function take(reply: RpcReply): void {
          if (reply.kind === 'error') {
            observer.error(TRPCClientError.from({ error: reply.error }))
          } else if (reply.kind === 'stopped') {
            endSubscription()
          } else if (reply.kind === 'started') {
            observer.next({ result: { type: 'started' } })
            setState('pending')
          } else {
            observer.next({ result: dataOf(reply) })
            if (reply.kind === 'result') observer.complete()
          }
        }

        if (signal?.aborted) {
          abort()
          return
        }
        if (type === 'subscription') setState('connecting')
        try {
          const stop = channel.call({ type, path, input }, take)
          signal?.addEventListener('abort', abort)
          return () => {
            signal?.removeEventListener('abort', abort)
            stop()
          }
        } catch (error) {
          observer.error(TRPCClientError.from(error instanceof Error ? error : new Error(String(error))))
          return
        }
      })
}

function dataOf(reply: Extract<RpcReply, { data: unknown }>) {
  const { data } = reply
  return reply.kind === 'event' && reply.eventId !== undefined ? { data, id: reply.eventId } : { data }
}
