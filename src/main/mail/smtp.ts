import { createTransport, type NodemailerError } from 'nodemailer'
import type { MailAnswer, MailTransport } from '../../core/mail/transport.ts'
import { composeMail } from './compose.ts'
import { isLoopback, type SmtpAddress } from './mail-config.ts'

/** A transport with connections of its own. */
export interface ClosableTransport extends MailTransport {
  /** Closes all connections; what is under way is broken off. */
  readonly close: () => void
}

export interface SmtpOptions {
  readonly maxConnections?: number
  readonly connectTimeoutMs?: number
  /** How long the server may be silent. */
  readonly silenceTimeoutMs?: number
}

/**
 * A pool of connections to a mail server. TLS is required, with a certificate that is valid, unless the server is on
 * loopback: there it is used if offered, whatever the certificate.
 */
export function openSmtp(address: SmtpAddress, options: SmtpOptions = {}): ClosableTransport {
  const { maxConnections = 10, connectTimeoutMs = 10_000, silenceTimeoutMs = 30_000 } = options
  const pool = createTransport({
    pool: true,
    host: address.host,
    port: address.port,
    ...tlsOf(address),
    ...(address.login && { auth: { user: address.login.user, pass: address.login.password } }),
    maxConnections,
    // Tried again by the outbox alone: a message that was cut off may have been taken.
    maxRequeues: 0,
    connectionTimeout: connectTimeoutMs,
    dnsTimeout: connectTimeoutMs,
    greetingTimeout: silenceTimeoutMs,
    socketTimeout: silenceTimeoutMs,
  })
  return {
    send: (mail) =>
      pool.sendMail(composeMail(mail)).then(
        (info): MailAnswer => ({ kind: 'accepted', ...splitReply(info.response ?? '') }),
        (error: unknown) => readRefusal(error),
      ),
    close: () => pool.close({ force: true }),
  }
}

/** How a server is spoken to: never in the clear over a network. */
export function tlsOf(address: SmtpAddress) {
  const isLocal = isLoopback(address.host)
  return {
    secure: address.isSecure,
    requireTLS: !isLocal && !address.isSecure,
    tls: { rejectUnauthorized: !isLocal },
  }
}

function splitReply(response: string): { code: string; message: string } {
  return { code: /^\d{3}/.exec(response)?.[0] ?? '250', message: response }
}

/** Login, encryption or the way there failed: no other mail would fare better. */
const awayCodes = ['EAUTH', 'ENOAUTH', 'EOAUTH2', 'ETLS', 'EDNS', 'EPROXY', 'ECONFIG']
/** RFC 4954, 4 and 6: replies that ask for another login, whatever the command; RFC 5321: 421 closes the channel. */
const awayReplies = [421, 454, 530, 534, 535, 538]

/** What an error of nodemailer means: by its codes, with the server's own words. */
export function readRefusal(error: unknown): MailAnswer {
  if (!(error instanceof Error)) return refusal('UNKNOWN', String(error), false, false)
  const { code = 'UNKNOWN', responseCode: reply, response, command = '' }: NodemailerError = error
  // The one error that is reported with the command of the connection, however much was said before.
  const isCutOff = code === 'ECONNECTION' && reply === undefined
  const isServerAway =
    awayCodes.includes(code) ||
    (reply !== undefined && awayReplies.includes(reply)) ||
    // Refused before any mail was spoken of.
    (!isCutOff && /^(CONN|EHLO|HELO|LHLO|STARTTLS|AUTH)/.test(command))
  const isPermanent = !isServerAway && (reply === undefined ? code === 'EENVELOPE' : reply >= 500 && reply < 600)
  const message = isCutOff ? 'The server closed the connection before it had answered.' : (response ?? error.message)
  return refusal(reply === undefined ? code : String(reply), message, isPermanent, isServerAway)
}

function refusal(code: string, message: string, isPermanent: boolean, isServerAway: boolean): MailAnswer {
  return { kind: 'refused', code, message, isPermanent, isServerAway }
}
