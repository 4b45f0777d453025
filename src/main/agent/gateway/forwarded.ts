import type { AskedRequest } from './forward-auth.ts'

/**
 * What a proxy says of a request that it asks about, from the headers as they came: `request.headers` would make an object
 * of all of them, which takes a good part of the time of an answer. What stands there twice is joined, as Node does it, and
 * that is no hostname any more; of two user agents the first one counts.
 */
export function readForwarded(rawHeaders: readonly string[]): AskedRequest {
  let hostname: string | undefined
  let path: string | null = null
  let addresses: string | null = null
  let userAgent: string | null = null
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? ''
    // Told by length first, so that few names have to be lowered.
    if (name.length !== 10 && name.length !== 15 && name.length !== 16) continue
    const value = rawHeaders[index + 1] ?? ''
    switch (name.toLowerCase()) {
      case 'x-forwarded-host':
        hostname = hostname === undefined ? value : `${hostname}, ${value}`
        break
      case 'x-forwarded-uri':
        path = path === null ? value : `${path}, ${value}`
        break
      case 'x-forwarded-for':
        addresses = addresses === null ? value : `${addresses}, ${value}`
        break
      case 'user-agent':
        userAgent ??= value
        break
    }
  }
  return { hostname, path, address: lastOf(addresses), userAgent }
}

/** Who came to the proxy itself: what stands before it is what the visitor says. */
function lastOf(addresses: string | null): string | null {
  return addresses === null ? null : addresses.slice(addresses.lastIndexOf(',') + 1).trim()
}
