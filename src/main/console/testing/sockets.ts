import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import type { Readable } from 'node:stream'

export async function connectTo(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1')
  await once(socket, 'connect')
  return socket
}

/** Settles when nothing more comes, however it ended. */
export function closeOf(stream: Readable): Promise<unknown> {
  stream.on('error', () => {}).resume()
  return new Promise((resolve) => stream.once('close', resolve))
}
