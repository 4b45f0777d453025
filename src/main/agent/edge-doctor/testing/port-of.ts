import type { Server } from 'node:http'

/** The port that a listening server got. */
export function portOf(server: Server): number {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('it has no port')
  return address.port
}
