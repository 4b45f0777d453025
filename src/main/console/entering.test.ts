import { createTRPCClient, httpBatchStreamLink, TRPCClientError } from '@trpc/client'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { AppRouter } from '../rpc/contract.ts'
import { createAppDouble } from './testing/app-double.ts'
import {
  assetPath,
  type ConsoleFixture,
  createConsoleFixture,
  enterConsole,
  mutation,
  ownOrigin,
} from './testing/console-fixture.ts'
import { sendRaw } from './testing/raw-request.ts'

let fixture: ConsoleFixture

beforeAll(async () => {
  fixture = await createConsoleFixture()
})

afterAll(() => fixture.remove())

afterEach(() => fixture.stopAll())

describe('entering', () => {
  it('turns the key into a cookie and leaves it behind', async () => {
    const served = await fixture.start(createAppDouble(false))
    const answer = await sendRaw(served.port, { path: new URL(served.url).pathname })
    expect(answer.status).toBe(200)
    expect(answer.headers['set-cookie']).toHaveLength(1)
    expect(answer.headers['set-cookie']?.[0]).toMatch(
      new RegExp(`^vigie_${served.port}=[\\w-]{43}; HttpOnly; SameSite=Strict; Path=/$`),
    )
    expect(answer.headers['cache-control']).toBe('no-store')
    expect(answer.headers['referrer-policy']).toBe('no-referrer')
    expect(answer.body).toContain('<meta http-equiv="refresh" content="0;url=/">')
    expect(answer.body).not.toContain(served.url.slice(-43))
  })

  it('works for several browsers with the printed address, and once with the one for the browser', async () => {
    const served = await fixture.start(createAppDouble(false))
    const statusOf = async (url: string) => (await sendRaw(served.port, { path: new URL(url).pathname })).status
    expect([await statusOf(served.url), await statusOf(served.url)]).toEqual([200, 200])
    expect([await statusOf(served.browserUrl), await statusOf(served.browserUrl)]).toEqual([200, 401])
  })

  it('lets a browser that has entered reload a ticket’s address', async () => {
    const { served, send } = await fixture.startEntered(false)
    const path = new URL(served.browserUrl).pathname
    expect([(await send({ path })).status, (await send({ path })).status]).toEqual([200, 200])
  })

  it('refuses a wrong key without a cookie', async () => {
    const served = await fixture.start(createAppDouble(false))
    for (const path of [`/enter/${'A'.repeat(43)}`, '/enter/', '/enter', `${new URL(served.url).pathname}x`]) {
      const answer = await sendRaw(served.port, { path })
      expect(answer.status).toBe(401)
      expect(answer.headers['set-cookie']).toBeUndefined()
    }
  })

  it('is not possible with the key of another start', async () => {
    const double = createAppDouble(false)
    const [first, second] = [await fixture.start(double), await fixture.start(double)]
    const answer = await sendRaw(second.port, { path: new URL(first.url).pathname })
    expect(answer.status).toBe(401)
  })

  it('through a tunnel names the cookie after the port that the browser sees', async () => {
    const served = await fixture.start(createAppDouble(false))
    const host = 'localhost:5000'
    const cookie = await enterConsole(served, host)
    expect(cookie).toMatch(/^vigie_5000=/)
    expect((await sendRaw(served.port, { path: '/', host, headers: { cookie } })).status).toBe(200)
    expect((await sendRaw(served.port, { path: '/', headers: { cookie } })).status).toBe(401)
  })

  it('keeps two consoles in one browser apart', async () => {
    const double = createAppDouble(false)
    const [first, second] = [await fixture.start(double), await fixture.start(double)]
    const [firstCookie, secondCookie] = [await enterConsole(first), await enterConsole(second)]
    const jar = `${firstCookie}; ${secondCookie}`
    expect(firstCookie.split('=')[0]).not.toBe(secondCookie.split('=')[0])
    expect((await sendRaw(first.port, { path: '/', headers: { cookie: jar } })).status).toBe(200)
    expect((await sendRaw(second.port, { path: '/', headers: { cookie: jar } })).status).toBe(200)
    expect((await sendRaw(second.port, { path: '/', headers: { cookie: firstCookie } })).status).toBe(401)
  })
})

describe('without a session', () => {
  it.each(['/', '/index.html', assetPath, '/trpc', '/nothing'])('%s asks for the address', async (path) => {
    const served = await fixture.start(createAppDouble(false))
    const answer = await sendRaw(served.port, { path, headers: { cookie: `vigie_${served.port}=wrong` } })
    expect(answer.status).toBe(401)
    expect(answer.body).toContain('This console needs the address printed at its start.')
    expect(answer.headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'sha256-/)
  })

  it('a call is refused in the shape that the renderer reads', async () => {
    const double = createAppDouble(true)
    const served = await fixture.start(double)
    const headers = { origin: ownOrigin(served), 'content-type': 'application/json' }
    const answer = await sendRaw(served.port, { ...mutation, headers, body: '' })
    expect(answer.status).toBe(401)
    expect(answer.headers['content-type']).toBe('application/json')
    expect(JSON.parse(answer.body)).toMatchObject({
      error: {
        message: 'This console needs the address printed at its start.',
        data: { code: 'UNAUTHORIZED', httpStatus: 401, vigie: { code: 'UNAUTHORIZED' } },
      },
    })
    expect(double.countStartedSweeps()).toBe(0)
  })

  it('the renderer’s client reads that it is unauthorized, for each call of a batch', async () => {
    const served = await fixture.start(createAppDouble(true))
    const client = createTRPCClient<AppRouter>({ links: [httpBatchStreamLink({ url: `${ownOrigin(served)}/trpc` })] })
    const calls = await Promise.allSettled([client.status.query(), client.policy.get.query()])
    for (const call of calls) {
      const error: unknown = call.status === 'rejected' ? call.reason : null
      expect(error).toBeInstanceOf(TRPCClientError)
      expect(error).toMatchObject({ data: { vigie: { code: 'UNAUTHORIZED' } } })
    }
  })

  it('no subscription opens', async () => {
    const served = await fixture.start(createAppDouble(false))
    const answer = await sendRaw(served.port, { path: '/trpc/changes', headers: { accept: 'text/event-stream' } })
    expect(answer.status).toBe(401)
  })
})
