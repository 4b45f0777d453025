import type { AddressInfo } from 'node:net'
import postalMime, { type Email } from 'postal-mime'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'

/** What the server does with a recipient, by the part of the address before `-` or `@`. */
const replies: Readonly<Record<string, { code: number; text: string }>> = {
  unknown: { code: 550, text: '5.1.1 no such user here' },
  busy: { code: 421, text: '4.7.0 too busy, closing' },
  full: { code: 452, text: '4.2.2 mailbox full for now' },
}

export interface ReceivedMail {
  readonly to: string
  readonly isEncrypted: boolean
  readonly mail: Email
}

/**
 * A real SMTP server on loopback. Recipients choose what happens: `unknown` is refused for good, `busy` gets a 421, `full` and
 * the first attempt of `grey` are put off, the first attempt of `drop` is cut off after DATA although it was taken, `slow`
 * gets its answer late, `stall` never.
 */
export async function startSmtpServer(options: SMTPServerOptions & { slowMs?: number; host?: string } = {}) {
  const { slowMs = 150, host = '127.0.0.1', ...given } = options
  const received: ReceivedMail[] = []
  const seen = new Set<string>()
  const timers = new Set<ReturnType<typeof setTimeout>>()
  const isFirst = (address: string) => !seen.has(address) && seen.add(address) !== undefined
  const server = new SMTPServer({
    authOptional: true,
    logger: false,
    closeTimeout: 10,
    onRcptTo({ address }, _session, done) {
      const kind = kindOf(address)
      const reply = replies[kind] ?? (kind === 'grey' && isFirst(address) ? greylisted : undefined)
      done(reply && Object.assign(new Error(reply.text), { responseCode: reply.code }))
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', async () => {
        const to = session.envelope.rcptTo[0]?.address ?? ''
        received.push({ to, isEncrypted: session.secure, mail: await postalMime.parse(Buffer.concat(chunks)) })
        const kind = kindOf(to)
        if (kind === 'stall') return
        if (kind === 'drop' && isFirst(to)) {
          for (const connection of server.connections) if (connection.id === session.id) connection._socket.destroy()
          return
        }
        if (kind !== 'slow') return done()
        timers.add(setTimeout(done, slowMs))
      })
    },
    ...given,
  })
  // Connections that clients break off.
  server.on('error', () => undefined)
  await new Promise<void>((resolve) => server.listen(0, host, resolve))
  const address = server.server.address() as AddressInfo
  return {
    port: address.port,
    received,
    close: () => {
      for (const timer of timers) clearTimeout(timer)
      return new Promise<void>((resolve) => server.close(resolve))
    },
  }
}

const greylisted = { code: 451, text: '4.7.1 greylisted, try again later' }

function kindOf(address: string): string {
  return /^\w+/.exec(address)?.[0] ?? ''
}
