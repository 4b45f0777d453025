import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'

/** Under which name and port a browser reached the console: its own, or those of a tunnel's near end. */
export interface LoopbackAddress {
  readonly authority: string
  readonly port: number
}

/** Who may use the console: whoever got a key of this start, until the process ends. */
export interface Access {
  /** Stands in the address that is printed; opens any number of browsers. */
  readonly token: string
  /** For the browser that Vigie opens itself: works once, since other users of a machine can read a process's arguments. */
  readonly ticket: string
  /** Whether the key is one of these two. Uses the ticket up. */
  acceptKey(key: string): boolean
  /** The `Set-Cookie` that turns a key into a session. */
  sessionCookie(address: LoopbackAddress): string
  hasSession(address: LoopbackAddress, cookieHeader: string | undefined): boolean
}

const secretBytes = 32

export function createAccess(randomBytes: (size: number) => Uint8Array): Access {
  const createSecret = () => Buffer.from(randomBytes(secretBytes)).toString('base64url')
  const token = createSecret()
  const ticket = createSecret()
  const session = createSecret()
  let isTicketUsed = false

  return {
    token,
    ticket,
    acceptKey(key) {
      if (isSameSecret(key, token)) return true
      if (isTicketUsed || !isSameSecret(key, ticket)) return false
      isTicketUsed = true
      return true
    },
    sessionCookie: (address) => `${cookieName(address)}=${session}; HttpOnly; SameSite=Strict; Path=/`,
    hasSession: (address, cookieHeader) =>
      readCookies(cookieHeader, cookieName(address)).some((value) => isSameSecret(value, session)),
  }
}

/** The address in a `Host` header if it is a loopback one; null for any other, which is how DNS rebinding ends here. */
export function parseLoopbackAddress(hostHeader: string | undefined): LoopbackAddress | null {
  const authority = hostHeader?.toLowerCase() ?? ''
  const match = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::(\d{1,5}))?$/.exec(authority)
  return match === null ? null : { authority, port: Number(match[1] ?? 80) }
}

/** Whether a browser says that another page sent this: one on another port of this machine counts as another page. */
export function isFromElsewhere(
  address: LoopbackAddress,
  method: string | undefined,
  isData: boolean,
  headers: IncomingHttpHeaders,
): boolean {
  const { origin } = headers
  const site = headers['sec-fetch-site']
  if (origin !== undefined && origin !== `http://${address.authority}`) return true
  if (method === 'POST' && origin === undefined && site !== 'same-origin') return true
  return isData && site !== undefined && site !== 'same-origin' && site !== 'none'
}

/**
 * Browsers share cookies between all ports of a hostname, so two consoles need two names. The port is the one in the
 * browser's address, not the one listened on: behind a tunnel these differ, and a remote console on 4000 that is seen as
 * localhost:5000 must not overwrite the cookie of the local one on 4000. A browser sees one server per port at a time.
 */
function cookieName({ port }: LoopbackAddress): string {
  return `vigie_${port}`
}

/** Every value of that name: another server on this machine may have set one of the same name beside ours. */
function readCookies(header: string | undefined, name: string): string[] {
  const prefix = `${name}=`
  return (header ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(prefix))
    .map((pair) => pair.slice(prefix.length))
}

/** Compares hashes, so that the time it takes tells neither content nor length. */
function isSameSecret(given: string, secret: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(hash(given), hash(secret))
}
