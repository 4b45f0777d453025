import { text } from 'node:stream/consumers'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createAppDouble } from './testing/app-double.ts'
import { assetPath, type ConsoleFixture, createConsoleFixture, mutation, ownOrigin } from './testing/console-fixture.ts'
import { connectTo } from './testing/sockets.ts'

let fixture: ConsoleFixture

beforeAll(async () => {
  fixture = await createConsoleFixture()
})

afterAll(() => fixture.remove())

afterEach(() => fixture.stopAll())

describe('requests that are not from the console’s own page', () => {
  it.each(['evil.example', 'evil.example:80', '127.0.0.1.nip.example', '0.0.0.0'])(
    'a request for the host %s is refused, cookie or not (DNS rebinding)',
    async (host) => {
      const { double, served, send } = await fixture.startEntered(true)
      for (const path of ['/', '/trpc/status', new URL(served.url).pathname]) {
        const answer = await send({ path, host })
        expect(answer.status).toBe(421)
        expect(answer.headers['set-cookie']).toBeUndefined()
      }
      expect((await send({ ...mutation, host, headers: { origin: `http://${host}` } })).status).toBe(421)
      expect(double.countStartedSweeps()).toBe(0)
    },
  )

  it('a request without a host is refused', async () => {
    const served = await fixture.start(createAppDouble(false))
    const socket = await connectTo(served.port)
    socket.write('GET / HTTP/1.0\r\n\r\n')
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 421 /)
  })

  it('a cross-origin POST changes nothing', async () => {
    const { double, served, send } = await fixture.startEntered(true)
    const elsewhere: Record<string, string>[] = [
      { origin: 'http://evil.example' },
      { origin: 'null' },
      { origin: `http://127.0.0.1:${served.port + 1}` },
      { origin: `http://localhost:${served.port}` },
      { origin: ownOrigin(served), 'sec-fetch-site': 'cross-site' },
      {},
    ]
    for (const headers of elsewhere) {
      const answer = await send({ ...mutation, headers: { ...headers, 'content-type': 'text/plain' } })
      expect(answer.status).toBe(403)
    }
    expect(double.countStartedSweeps()).toBe(0)
  })

  it('a POST of the console’s own page works', async () => {
    const { double, served, send } = await fixture.startEntered(true)
    const headers = { origin: ownOrigin(served), 'content-type': 'application/json' }
    const answer = await send({ ...mutation, headers })
    expect(JSON.parse(answer.body)).toEqual({ result: { data: { runId: 7 } } })
    expect(double.countStartedSweeps()).toBe(1)
  })

  it('a mutation by GET is refused', async () => {
    const { double, send } = await fixture.startEntered(true)
    expect((await send({ path: '/trpc/sweeps.start' })).status).toBe(405)
    expect(double.countStartedSweeps()).toBe(0)
  })

  it('data is not for other pages, and no answer has a CORS header', async () => {
    const { served, send } = await fixture.startEntered(false)
    const answers = [
      await send({ path: '/trpc/status', headers: { 'sec-fetch-site': 'cross-site' } }),
      await send({ path: '/trpc/status', headers: { 'sec-fetch-site': 'same-site' } }),
      await send({ path: '/trpc/status', headers: { origin: 'http://evil.example' } }),
      await send({ path: '/trpc/status', headers: { origin: ownOrigin(served) } }),
      await send({
        method: 'OPTIONS',
        path: '/trpc/status',
        headers: { origin: 'http://evil.example', 'access-control-request-method': 'POST' },
      }),
      await send({ path: '/' }),
    ]
    expect(answers.map(({ status }) => status)).toEqual([403, 403, 403, 200, 405, 200])
    const names = answers.flatMap(({ headers }) => Object.keys(headers))
    expect(names.filter((name) => name.startsWith('access-control-'))).toEqual([])
  })

  it.each([
    ['PUT', '/'],
    ['POST', '/'],
    ['DELETE', '/trpc/status'],
    ['OPTIONS', '/'],
    ['TRACE', '/'],
    ['PATCH', '/trpc/status'],
  ])('%s %s is not known', async (method, path) => {
    const { served, send } = await fixture.startEntered(false)
    const answer = await send({ method, path, headers: { origin: ownOrigin(served) } })
    expect(answer.status).toBe(405)
    expect(answer.headers.allow).toBe(path === '/' ? 'GET, HEAD' : 'GET, HEAD, POST')
  })
})

describe('files', () => {
  it('serves the page under a strict policy', async () => {
    const { send } = await fixture.startEntered(false)
    const page = await send({ path: '/?some=query' })
    expect(page.status).toBe(200)
    expect(page.headers['content-security-policy']).toMatch(/^default-src 'none'; script-src 'self'; /)
    expect(page.headers['cache-control']).toBe('no-store')
    expect(page.headers['cross-origin-opener-policy']).toBe('same-origin')
    expect(page.body).toContain('<title>Vigie</title>')
  })

  it('serves a hashed asset for good', async () => {
    const { send } = await fixture.startEntered(false)
    const asset = await send({ path: assetPath })
    expect(asset.body).toBe('export {}')
    expect(asset.headers['cache-control']).toContain('immutable')
  })

  it('answers HEAD with the headers alone', async () => {
    const { send } = await fixture.startEntered(false)
    const path = assetPath
    const [head, get] = [await send({ method: 'HEAD', path }), await send({ path })]
    expect(head.status).toBe(200)
    expect(head.body).toBe('')
    const { date: _headDate, ...headHeaders } = head.headers
    const { date: _getDate, ...getHeaders } = get.headers
    expect(headHeaders).toEqual(getHeaders)
  })

  it.each([
    '/../package.json',
    '/assets/../../package.json',
    '/%2e%2e%2fpackage.json',
    '/%2e%2e/package.json',
    '/..%5cpackage.json',
    '/..\\package.json',
    '/package.json%00.js',
    '//package.json',
    'http://127.0.0.1/../package.json',
  ])('%s leads nowhere', async (path) => {
    const { send } = await fixture.startEntered(false)
    const answer = await send({ path })
    expect(answer.status).toBe(404)
    expect(answer.body).not.toContain('secret')
  })

  it('a NUL in the path is refused', async () => {
    const { served, cookie } = await fixture.startEntered(false)
    const socket = await connectTo(served.port)
    socket.write(`GET /package.json\0.js HTTP/1.1\r\nHost: localhost\r\nCookie: ${cookie}\r\n\r\n`)
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 400 /)
  })
})
