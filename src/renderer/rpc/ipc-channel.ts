import type { RpcBridge, RpcReply, RpcRequest } from '../../core/rpc-message.ts'

type Call = Pick<RpcRequest & { kind: 'call' }, 'type' | 'path' | 'input'>

export interface IpcChannel {
  /**
   * Makes a call whose replies go to `take`, and returns how to end it: the server hears of that while the call is open.
   * Throws what the bridge throws, for an input that can't be cloned.
   */
  readonly call: (call: Call, take: (reply: RpcReply) => void) => () => void
}

/** Opens the page's one channel over the bridge. */
export function openIpcChannel(bridge: RpcBridge): IpcChannel {
  const pageId = crypto.randomUUID()
  const open = new Map<string, (reply: RpcReply) => void>()
  let callCount = 0

  bridge.subscribe((reply) => {
    const take = open.get(reply.id)
    if (reply.kind !== 'started' && reply.kind !== 'event') open.delete(reply.id)
    take?.(reply)
  })
  return {
    call(call, take) {
      callCount += 1
      const id = `${pageId}:${callCount}`
      open.set(id, take)
      try {
        bridge.send({ kind: 'call', id, ...call })
      } catch (error) {
        open.delete(id)
        throw error
      }
      return () => {
        if (open.delete(id)) bridge.send({ kind: 'stop', id })
      }
    },
  }
}
