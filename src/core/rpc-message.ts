/** The messages between the page and the main process: plain data, so that they survive a structured clone. */
export type RpcRequest =
  | {
      readonly kind: 'call'
      /** Never used twice, by no other page either: an answer that comes late must not reach another's question. */
      readonly id: string
      readonly type: 'query' | 'mutation' | 'subscription'
      /** The procedure, as `projects.list`. */
      readonly path: string
      readonly input?: unknown
    }
  | { readonly kind: 'stop'; readonly id: string }

/** A query or mutation gets a `result` or an `error`; a subscription `started`, its events, then `stopped` or an `error`. */
export type RpcReply =
  | { readonly kind: 'started'; readonly id: string }
  | { readonly kind: 'stopped'; readonly id: string }
  | { readonly kind: 'result'; readonly id: string; readonly data: unknown }
  | { readonly kind: 'event'; readonly id: string; readonly data: unknown; readonly eventId?: string }
  | { readonly kind: 'error'; readonly id: string; readonly error: RpcError }

/** What tRPC calls an error's shape. */
export interface RpcError {
  readonly code: number
  readonly message: string
  readonly data: unknown
}

/** `window.vigie`, which the preload puts into the desktop's page. */
export interface RpcBridge {
  readonly send: (request: RpcRequest) => void
  /** Returns how to end it. */
  readonly subscribe: (listener: (reply: RpcReply) => void) => () => void
}
