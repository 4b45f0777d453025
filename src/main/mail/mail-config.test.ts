import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { VigieError } from '../../core/errors.ts'
import { isLoopback, readMailConfig } from './mail-config.ts'
import { tlsOf } from './smtp.ts'

const sender = { EMAIL_SENDER_NAME: 'Platform', EMAIL_SENDER_ADDRESS: 'noreply@platform.example' }

describe('the way out for mails', () => {
  it('is the data folder when nothing is configured', () => {
    expect(readMailConfig({ SMTP_HOST: ' ' })).toEqual({
      smtp: null,
      sender: { name: 'Vigie', address: 'vigie@vigie.invalid' },
      platformUrl: null,
    })
  })

  it('is read from the platform’s names', () => {
    const env = {
      ...sender,
      SMTP_HOST: 'mail.example',
      SMTP_USERNAME: 'ann',
      SMTP_PASSWORD: ' s p ',
      APP_HOSTNAME: 'app.example',
    }
    expect(readMailConfig(env)).toEqual({
      smtp: { host: 'mail.example', port: 587, isSecure: false, login: { user: 'ann', password: ' s p ' } },
      sender: { name: 'Platform', address: 'noreply@platform.example' },
      platformUrl: 'https://app.example',
    })
    expect(readMailConfig({ ...env, SMTP_PORT: '465', URL_SCHEME: 'http' })).toMatchObject({
      smtp: { port: 465, isSecure: true },
      platformUrl: 'http://app.example',
    })
  })

  it.each([
    ['smtp://mail.example', { host: 'mail.example', port: 587, isSecure: false, login: null }],
    ['smtps://mail.example', { host: 'mail.example', port: 465, isSecure: true, login: null }],
    [
      'smtp://ann%40x:p%3Aw@[::1]:2525/',
      { host: '::1', port: 2525, isSecure: false, login: { user: 'ann@x', password: 'p:w' } },
    ],
  ])('is %s, which wins over them', (SMTP_URL, smtp) => {
    expect(readMailConfig({ ...sender, SMTP_HOST: 'other.example', SMTP_URL }).smtp).toEqual(smtp)
  })

  it.each([
    ['SMTP_URL', 'https://canary.example'],
    ['SMTP_URL', 'smtp://ann:canary%zz@mail.example'],
    ['SMTP_URL', 'smtp://mail.example:99999canary'],
    ['SMTP_HOST', 'canary host'],
    ['SMTP_PORT', '99999'],
    ['EMAIL_SENDER_ADDRESS', 'canary'],
    ['EMAIL_SENDER_ADDRESS', ''],
    ['EMAIL_SENDER_NAME', 'canary\r\nBcc: x@example.com'],
    ['URL_SCHEME', 'canary'],
    ['APP_HOSTNAME', 'canary/"><script>'],
  ])('%s=%s is refused by name, without its value', (name, value) => {
    const read = () => readMailConfig({ SMTP_HOST: 'mail.example', ...sender, [name]: value })
    expect(read).toThrow(VigieError)
    expect(read).toThrow(name)
    expect(read).not.toThrow(/canary/)
  })

  it('is read or refused, whatever it is (property)', () => {
    fc.assert(
      fc.property(fc.string(), fc.webUrl(), (text, url) => {
        for (const SMTP_URL of [text, `smtp://${text}`, url.replace(/^https?/, 'smtps')]) {
          try {
            readMailConfig({ ...sender, SMTP_URL })
          } catch (error) {
            expect(error).toBeInstanceOf(VigieError)
          }
        }
      }),
    )
  })
})

describe('encryption', () => {
  it.each(['127.0.0.1', '127.8.9.1', '::1', 'localhost', 'LOCALHOST', '0:0:0:0:0:0:0:1'])(
    'is a choice on %s',
    (host) => {
      expect(isLoopback(host)).toBe(true)
      expect(tlsOf({ host, port: 25, isSecure: false, login: null })).toMatchObject({ requireTLS: false })
    },
  )

  it.each([
    '127.0.0.1.evil.example',
    '128.0.0.1',
    '10.0.0.1',
    'mail.example',
    'localhost.evil.example',
    '::2',
    '127.1',
  ])('is required to %s, with a valid certificate', (host) => {
    expect(isLoopback(host)).toBe(false)
    const address = { host, port: 25, isSecure: false, login: null }
    expect(tlsOf(address)).toEqual({ secure: false, requireTLS: true, tls: { rejectUnauthorized: true } })
    expect(tlsOf({ ...address, isSecure: true })).toMatchObject({ secure: true })
  })
})
