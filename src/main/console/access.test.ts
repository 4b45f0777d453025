import { describe, expect, it } from 'vitest'
import { createAccess, isFromElsewhere, parseLoopbackAddress } from './access.ts'

/** Fills each secret with another byte, so that tests know them. */
function createKnownAccess() {
  let calls = 0
  const access = createAccess((size) => new Uint8Array(size).fill(++calls))
  const secret = (byte: number) => Buffer.alloc(32, byte).toString('base64url')
  return { access, token: secret(1), ticket: secret(2), session: secret(3) }
}

const address = { authority: '127.0.0.1:4000', port: 4000 }

describe('the address in Host', () => {
  it.each([
    ['127.0.0.1:4000', 4000],
    ['localhost:65535', 65535],
    ['LOCALHOST:4000', 4000],
    ['[::1]:4000', 4000],
    ['localhost', 80],
    ['[::1]', 80],
  ])('takes %s', (host, port) => {
    expect(parseLoopbackAddress(host)).toEqual({ authority: host.toLowerCase(), port })
  })

  it.each([
    undefined,
    '',
    'evil.example',
    'evil.example:4000',
    '127.0.0.1.evil.example',
    'localhost.evil.example:4000',
    'localhost.',
    'user@localhost:4000',
    'localhost:4000@evil.example',
    '127.0.0.2',
    '127.1',
    '0.0.0.0:4000',
    '2130706433',
    '::1',
    '[::1',
    '[::ffff:127.0.0.1]:4000',
    'localhost:',
    'localhost:4000/',
    'localhost:x',
    'localhost:123456',
    ' localhost',
    'localhost, evil.example',
  ])('refuses %j', (host) => {
    expect(parseLoopbackAddress(host)).toBeNull()
  })
})

describe('keys', () => {
  it('are 256 random bits each, from the argument', () => {
    const { access, token, ticket } = createKnownAccess()
    expect([access.token, access.ticket]).toEqual([token, ticket])
    expect(token).toMatch(/^[\w-]{43}$/)
  })

  it('open with the token again and again, with the ticket once', () => {
    const { access, token, ticket } = createKnownAccess()
    expect([access.acceptKey(token), access.acceptKey(token)]).toEqual([true, true])
    expect([access.acceptKey(ticket), access.acceptKey(ticket)]).toEqual([true, false])
    expect(access.acceptKey(token)).toBe(true)
  })

  it('do not open with anything else', () => {
    const { access, token, session } = createKnownAccess()
    for (const key of ['', session, token.slice(1), `${token}A`, token.toLowerCase(), `${token}/`]) {
      expect(access.acceptKey(key)).toBe(false)
    }
  })
})

describe('sessions', () => {
  it('are a strict, script-proof cookie whose name carries the port that the browser sees', () => {
    const { access, session } = createKnownAccess()
    expect(access.sessionCookie(address)).toBe(`vigie_4000=${session}; HttpOnly; SameSite=Strict; Path=/`)
    const tunnelled = { authority: 'localhost:5000', port: 5000 }
    expect(access.sessionCookie(tunnelled)).toMatch(/^vigie_5000=/)
  })

  it('are found among other cookies, also beside a planted one of the same name', () => {
    const { access, session } = createKnownAccess()
    expect(access.hasSession(address, `vigie_4000=${session}`)).toBe(true)
    expect(access.hasSession(address, `theme=dark; vigie_4000=planted;vigie_4000=${session}; a=b`)).toBe(true)
  })

  it('need the right value under the right name', () => {
    const { access, session, token } = createKnownAccess()
    const wrong = [
      undefined,
      '',
      `vigie_4001=${session}`,
      `vigie_4000=${token}`,
      `vigie_4000=`,
      `xvigie_4000=${session}`,
    ]
    for (const header of wrong) expect(access.hasSession(address, header)).toBe(false)
  })
})

describe('where a request comes from', () => {
  const own = 'http://127.0.0.1:4000'

  it.each([
    ['GET', true, {}],
    ['GET', true, { origin: own }],
    ['GET', true, { 'sec-fetch-site': 'same-origin' }],
    ['GET', true, { 'sec-fetch-site': 'none' }],
    ['GET', false, { 'sec-fetch-site': 'cross-site' }],
    ['POST', true, { origin: own }],
    ['POST', true, { origin: own, 'sec-fetch-site': 'same-origin' }],
    ['POST', true, { 'sec-fetch-site': 'same-origin' }],
  ])('%s (rpc: %s) with %j is the console’s own', (method, isRpc, headers) => {
    expect(isFromElsewhere(address, method, isRpc, headers)).toBe(false)
  })

  it.each([
    ['POST', true, {}],
    ['POST', true, { 'sec-fetch-site': 'none' }],
    ['POST', true, { origin: 'null' }],
    ['POST', true, { origin: 'null', 'sec-fetch-site': 'same-origin' }],
    ['POST', true, { origin: own, 'sec-fetch-site': 'cross-site' }],
    ['GET', true, { 'sec-fetch-site': 'cross-site' }],
    ['GET', true, { 'sec-fetch-site': 'same-site' }],
    ['GET', true, { origin: 'http://evil.example' }],
    ['GET', false, { origin: 'http://evil.example' }],
    ['GET', true, { origin: 'http://127.0.0.1:4001' }],
    ['GET', true, { origin: 'http://localhost:4000' }],
    ['GET', true, { origin: 'https://127.0.0.1:4000' }],
    ['GET', true, { origin: `${own}, http://evil.example` }],
  ])('%s (rpc: %s) with %j is not', (method, isRpc, headers) => {
    expect(isFromElsewhere(address, method, isRpc, headers)).toBe(true)
  })
})
