import os from 'node:os'
import { afterEach, describe, expect, it } from 'vitest'
import type { OutgoingMail } from '../../core/mail/transport.ts'
import { openSmtp, readRefusal, type SmtpOptions } from './smtp.ts'
import { startSmtpServer } from './testing/smtp-server.ts'

const mail: OutgoingMail = {
  messageId: 'vigie.1@platform.example',
  from: { name: 'Platform', address: 'noreply@platform.example' },
  to: 'owner@example.com',
  subject: 'Hello',
  text: 'Hello',
  html: '<p>Hello</p>',
}
const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

async function sendTo(host: string, server: Parameters<typeof startSmtpServer>[0], options: SmtpOptions = {}) {
  const { port, close, received } = await startSmtpServer({ ...server, host })
  cleanups.push(close)
  const transport = openSmtp({ host, port, isSecure: false, login: null }, { silenceTimeoutMs: 1_000, ...options })
  cleanups.push(transport.close)
  return { answer: await transport.send(mail), received }
}

const outside = Object.values(os.networkInterfaces())
  .flat()
  .find((address) => address !== undefined && !address.internal && address.family === 'IPv4')?.address

describe.skipIf(outside === undefined)('a server that is not on loopback', () => {
  const host = outside ?? ''

  it('gets nothing if it offers no TLS: the mail waits', async () => {
    const { answer, received } = await sendTo(host, { disabledCommands: ['STARTTLS'] })
    expect(answer).toMatchObject({ kind: 'refused', isPermanent: false, isServerAway: true })
    expect(received).toEqual([])
  })

  it('gets nothing if its certificate is not valid, and the reason is said', async () => {
    const { answer, received } = await sendTo(host, {})
    expect(answer).toMatchObject({ kind: 'refused', isPermanent: false, isServerAway: true })
    expect(answer.message).toMatch(/certificate|altnames/i)
    expect(received).toEqual([])
  })
})

describe('a server on loopback', () => {
  it('is used without TLS if it offers none', async () => {
    const { answer, received } = await sendTo('127.0.0.1', { disabledCommands: ['STARTTLS'] })
    expect(answer).toMatchObject({ kind: 'accepted', code: '250' })
    expect(received).toMatchObject([{ isEncrypted: false }])
  })

  it('is given up when it is silent for too long', async () => {
    const { answer } = await sendTo(
      '127.0.0.1',
      { onData: (stream) => void stream.resume() },
      { silenceTimeoutMs: 200 },
    )
    expect(answer).toMatchObject({ kind: 'refused', isPermanent: false })
  })
})

describe('what a refusal means', () => {
  it.each([
    ['no such user', { code: 'EENVELOPE', responseCode: 550, command: 'RCPT TO' }, true, false],
    ['content refused', { code: 'EMESSAGE', responseCode: 554, command: 'DATA' }, true, false],
    ['greylisted', { code: 'EENVELOPE', responseCode: 451, command: 'RCPT TO' }, false, false],
    ['an address that nodemailer refuses', { code: 'EENVELOPE', command: 'API' }, true, false],
    ['closing', { code: 'EENVELOPE', responseCode: 421, command: 'MAIL FROM' }, false, true],
    ['wrong password', { code: 'EAUTH', responseCode: 535, command: 'AUTH PLAIN' }, false, true],
    ['login wanted', { code: 'EENVELOPE', responseCode: 530, command: 'MAIL FROM' }, false, true],
    ['no service', { code: 'EPROTOCOL', responseCode: 554, command: 'CONN' }, false, true],
    ['unknown host', { code: 'EDNS', command: 'CONN' }, false, true],
    ['nobody listens', { code: 'ESOCKET', command: 'CONN' }, false, true],
    ['cut off', { code: 'ECONNECTION', command: 'CONN' }, false, false],
    ['no TLS', { code: 'ETLS', command: 'STARTTLS' }, false, true],
  ])('%s', (_name, fields, isPermanent, isServerAway) => {
    const error = Object.assign(new Error('said by nodemailer'), fields, { response: 'said by the server' })
    expect(readRefusal(error)).toMatchObject({ kind: 'refused', isPermanent, isServerAway })
  })

  it('anything else is tried again', () => {
    expect(readRefusal('what')).toMatchObject({ isPermanent: false, isServerAway: false, code: 'UNKNOWN' })
  })
})
