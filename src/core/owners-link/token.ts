/**
 * The token of an owner's link: what it is about, and that Vigie wrote it. It holds no secret and gives nothing away but
 * ids; that it works once follows from the deactivation that it names (migrations/functions/link-refusal.sql).
 */
import { createHmac, timingSafeEqual } from 'node:crypto'
import { type Instant, instantToMicros, microsToInstant } from '../instant.ts'

/** On whose behalf a link wakes what, out of which sleep, and until when. */
export interface OwnersLink {
  readonly projectId: string
  readonly userId: number
  readonly deactivatedAt: Instant
  readonly expiresAt: Instant
}

/** `<project>.<user>.<deactivated>.<expires>.<signature>`: times in microseconds, base 36; HMAC-SHA256 (RFC 2104), base64url. */
export function signToken(key: Uint8Array, link: OwnersLink): string {
  const facts = [
    link.projectId,
    link.userId.toString(36),
    instantToMicros(link.deactivatedAt).toString(36),
    instantToMicros(link.expiresAt).toString(36),
  ].join('.')
  return `${facts}.${signatureOf(key, facts).toString('base64url')}`
}

const shape = /^(([0-9a-f]{1,32})\.([0-9a-z]{1,7})\.([0-9a-z]{1,11})\.([0-9a-z]{1,11}))\.([\w-]{43})$/

/** What a token says; null for anything that this key did not sign. Compared in constant time. */
export function readToken(key: Uint8Array, token: string): OwnersLink | null {
  const [, facts = '', projectId = '', user = '', deactivated = '', expires = '', signature = ''] =
    shape.exec(token) ?? []
  if (facts === '') return null
  // The last of 43 characters has two bits to spare: of the four that read alike only one was written.
  const given = Buffer.from(signature, 'base64url')
  const isOurs = timingSafeEqual(given, signatureOf(key, facts)) && given.toString('base64url') === signature
  if (!isOurs) return null
  return {
    projectId,
    userId: Number.parseInt(user, 36),
    deactivatedAt: microsToInstant(Number.parseInt(deactivated, 36)),
    expiresAt: microsToInstant(Number.parseInt(expires, 36)),
  }
}

/** The words before the facts keep a signature of the same key for something else from ever being one of a link. */
function signatureOf(key: Uint8Array, facts: string): Buffer {
  return createHmac('sha256', key).update(`vigie owner's link 1\n${facts}`).digest()
}
