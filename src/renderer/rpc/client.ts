import {
  createTRPCClient,
  httpBatchStreamLink,
  httpSubscriptionLink,
  splitLink,
  type TRPCClient,
  type TRPCLink,
} from '@trpc/client'
import type { RpcBridge } from '../../core/rpc-message.ts'
import type { AppRouter } from '../../main/rpc/contract.ts'
import { ipcLink } from './ipc-link.ts'

declare global {
  interface Window {
    /** In the desktop alone: put there by the preload. */
    readonly vigie?: RpcBridge
  }
}

/** Under which path of its own origin the console answers. */
const httpUrl = '/trpc'

/** Longer batches of queries are split: Node refuses a request whose head is over 16 KiB. */
const maxUrlLength = 4_000

/** Makes the page's client. The link is chosen once: messages in the desktop, HTTP in a browser. */
export function createRpcClient(): TRPCClient<AppRouter> {
  const { vigie } = window
  return createTRPCClient<AppRouter>({ links: [vigie === undefined ? httpLink() : ipcLink(vigie)] })
}

function httpLink(): TRPCLink<AppRouter> {
  return splitLink({
    condition: ({ type }) => type === 'subscription',
    true: httpSubscriptionLink({ url: httpUrl }),
    false: httpBatchStreamLink({ url: httpUrl, maxURLLength: maxUrlLength }),
  })
}
