import type { WebContents } from 'electron'
import type { Log } from '../../core/context.ts'
import type { RpcReply } from '../../core/rpc-message.ts'
import type { RpcConnection } from './rpc-server.ts'
import { isTrustedSender } from './trusted-sender.ts'

/** The same as in src/preload/preload.ts, which shares no files. */
const rpcChannel = 'vigie:rpc'

/**
 * Serves the page of a window. What it has open ends with the page: when another one is there, when its process is gone,
 * when the window is.
 */
export function serveWindow(
  contents: WebContents,
  openConnection: (send: (reply: RpcReply) => void) => RpcConnection,
  log: Log,
): void {
  const send = (reply: RpcReply): void => {
    if (!contents.isDestroyed()) contents.send(rpcChannel, reply)
  }
  let connection = openConnection(send)
  let wasRefused = false

  contents.ipc.on(rpcChannel, (event, message: unknown) => {
    if (isTrustedSender(event, contents)) return connection.receive(message)
    if (!wasRefused) log.warn({ origin: event.senderFrame?.origin ?? null }, 'A message of a foreign page was refused.')
    wasRefused = true
  })
  const renewConnection = (): void => {
    connection.close()
    connection = openConnection(send)
  }
  // Not did-start-navigation: that one comes before a navigation is prevented, and the page would live on unserved.
  contents.on('did-navigate', renewConnection)
  contents.on('render-process-gone', renewConnection)
  contents.once('destroyed', () => connection.close())
}
