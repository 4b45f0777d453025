import { once } from 'node:events'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createAppDouble } from './testing/app-double.ts'
import { type ConsoleFixture, createConsoleFixture, ownOrigin } from './testing/console-fixture.ts'
import { closeOf, connectTo } from './testing/sockets.ts'

let fixture: ConsoleFixture

beforeAll(async () => {
  fixture = await createConsoleFixture()
})

afterAll(() => fixture.remove())

afterEach(() => fixture.stopAll())

describe('the start', () => {
  it('gives an address on 127.0.0.1 that ends in a key of its own, different each time', async () => {
    const double = createAppDouble(false)
    const [first, second] = [await fixture.start(double), await fixture.start(double)]
    const shape = /^http:\/\/127\.0\.0\.1:(\d+)\/enter\/([\w-]{43})$/
    expect(shape.exec(first.url)?.[1]).toBe(String(first.port))
    const keys = [first.url, first.browserUrl, second.url, second.browserUrl].map((url) => shape.exec(url)?.[2])
    expect(new Set(keys).size).toBe(4)
  })

  it('is reached by IPv4 loopback alone', async () => {
    const served = await fixture.start(createAppDouble(false))
    const socket = connect(served.port, '::1')
    const [error] = await once(socket, 'error')
    // The other two are what a machine without IPv6 says.
    expect(['ECONNREFUSED', 'EADDRNOTAVAIL', 'ENETUNREACH']).toContain(error.code)
  })

  it('names a port that is in use', async () => {
    const double = createAppDouble(false)
    const { port } = await fixture.start(double)
    await expect(fixture.start(double, { port })).rejects.toMatchObject({
      code: 'USAGE',
      message: `Port ${port} is in use: choose another with --port, or leave it out.`,
    })
  })

  it('names a port that does not exist', async () => {
    await expect(fixture.start(createAppDouble(false), { port: 70_000 })).rejects.toMatchObject({ code: 'USAGE' })
  })
})

describe('the subscription', () => {
  const subscription = { path: '/trpc/changes', headers: { accept: 'text/event-stream' } }

  async function readUntil(stream: AsyncIterable<Buffer>, expected: string): Promise<string> {
    let received = ''
    for await (const chunk of { [Symbol.asyncIterator]: () => keepOpen(stream) }) {
      received += chunk.toString()
      if (received.includes(expected)) return received
    }
    throw new Error(`The stream ended before ${expected}, after: ${received}`)
  }

  /** Leaving a loop would destroy the stream; this leaves it open. */
  function keepOpen(stream: AsyncIterable<Buffer>): AsyncIterator<Buffer> {
    const iterator = stream[Symbol.asyncIterator]()
    return { next: () => iterator.next() }
  }

  it('delivers changes and ends at the stop', async () => {
    const { double, served, open } = await fixture.startEntered(false)
    const stream = await open(subscription)
    expect(stream.headers['content-type']).toBe('text/event-stream')
    await readUntil(stream, '{"kind":"connected"}')
    double.feed.emit('change', { kind: 'run', runId: 12 })
    await readUntil(stream, '{"kind":"run","runId":12}')

    const closed = closeOf(stream)
    const ended = once(double.feed, 'ended')
    await served.stop()
    await Promise.all([closed, ended])
    expect(double.errors).toEqual([])
  })

  it('ends when the browser leaves', async () => {
    const { double, open } = await fixture.startEntered(false)
    const stream = await open(subscription)
    await readUntil(stream, '{"kind":"connected"}')
    const ended = once(double.feed, 'ended')
    stream.destroy()
    await ended
    expect(double.errors).toEqual([])
  })

  it('that breaks says so to the renderer and to the log', async () => {
    const { double, open } = await fixture.startEntered(false)
    const stream = await open(subscription)
    await readUntil(stream, '{"kind":"connected"}')
    double.feed.emit('error', new Error('the feed broke'))
    const rest = await text(stream)
    expect(rest).toContain('event: serialized-error')
    expect(rest).toContain('"vigie":{"code":"INTERNAL"')
    expect(double.errors).toEqual(['A call of the console failed.'])
  })

  it('outlives the time-outs that end a request which never comes to its end', async () => {
    const timeouts = { headersMs: 40, requestMs: 80, keepAliveMs: 40, checkMs: 10 }
    const { double, served, cookie, open } = await fixture.startEntered(true, { timeouts })
    const stream = await open(subscription)
    await readUntil(stream, '{"kind":"connected"}')

    const [slowHeaders, slowBody] = [await connectTo(served.port), await connectTo(served.port)]
    slowHeaders.write('GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ')
    slowBody.write(
      `POST /trpc/projects.reactivate HTTP/1.1\r\nHost: 127.0.0.1:${served.port}\r\nOrigin: ${ownOrigin(served)}\r\n` +
        `Cookie: ${cookie}\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{`,
    )
    expect(await text(slowHeaders)).toMatch(/^HTTP\/1\.1 408 /)
    expect(await text(slowBody)).toMatch(/^HTTP\/1\.1 408 /)

    double.feed.emit('change', { kind: 'project', projectId: 'abc' })
    await readUntil(stream, '"projectId":"abc"')
  })
})

describe('the stop', () => {
  it('closes the port and idle, silent and half-sent connections, and may be asked for twice', async () => {
    const served = await fixture.start(createAppDouble(false))
    const [silent, half] = [await connectTo(served.port), await connectTo(served.port)]
    half.write('GET / HTTP/1.1\r\nHost: ')
    const closed = [closeOf(silent), closeOf(half)]
    await Promise.all([served.stop(), served.stop(), ...closed])
    const late = connect(served.port, '127.0.0.1')
    const [error] = await once(late, 'error')
    expect(error).toMatchObject({ code: 'ECONNREFUSED' })
  })
})
