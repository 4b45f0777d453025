import { createConnection, createServer, type Socket } from 'node:net'

/** A network between an agent and its database, on loopback, that can be cut. */
export async function startTcpProxy(socketPath: string) {
  const pairs = new Set<readonly [Socket, Socket]>()
  let isCut = false
  const server = createServer((near) => {
    const far = createConnection(socketPath)
    const pair = [near, far] as const
    pairs.add(pair)
    for (const [from, to] of [pair, [far, near] as const]) {
      from.on('data', (bytes) => to.write(bytes))
      from.on('error', () => undefined)
      from.on('close', () => {
        pairs.delete(pair)
        to.destroy()
      })
    }
    if (isCut) pause(pair)
  })
  const pause = (pair: readonly [Socket, Socket]) => {
    for (const socket of pair) socket.pause()
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('it listens on no port')

  return {
    port: address.port,
    /** Nothing comes through any more, and nobody is told. */
    cut() {
      isCut = true
      for (const pair of pairs) pause(pair)
    },
    /** What was sent meanwhile arrives. */
    mend() {
      isCut = false
      for (const pair of pairs) for (const socket of pair) socket.resume()
    },
    /** As after a cut that was too long for the network to remember the connections: they are refused from now on. */
    mendWithoutConnections() {
      isCut = false
      for (const pair of pairs) for (const socket of pair) socket.destroy()
    },
    async stop() {
      for (const pair of pairs) for (const socket of pair) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
