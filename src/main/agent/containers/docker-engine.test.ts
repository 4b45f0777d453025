import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import { afterEach, expect, it } from 'vitest'
import { createDockerEngine } from './docker-engine.ts'

const { signal } = new AbortController()
let server: Server | undefined

afterEach(() => {
  server?.closeAllConnections()
  server?.close()
})

/** An engine that answers as it is told. */
async function engineOf(listener: RequestListener, answerTimeoutMs = 30_000) {
  server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('it has no port')
  const host = { protocol: 'http', host: '127.0.0.1', port: address.port } as const
  return createDockerEngine(host, { answerTimeoutMs, stopTimeoutSeconds: 0 })
}

const secret = 'PASSWORD=canary'

it.each([
  [304, { kind: 'done' }],
  [404, { kind: 'gone' }],
  [401, { kind: 'failed', code: 'ENGINE_REFUSED' }],
  [403, { kind: 'failed', code: 'ENGINE_REFUSED' }],
  [409, { kind: 'failed', code: 'ENGINE_CONFLICT' }],
  [500, { kind: 'failed', code: 'ENGINE_FAILED' }],
  [503, { kind: 'failed', code: 'ENGINE_AWAY' }],
])('the status %i is understood, and what stands beside it is not repeated', async (status, answer) => {
  const engine = await engineOf((_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json' })
    response.end(status === 304 ? undefined : JSON.stringify({ message: `exec failed: ${secret}` }))
  })
  for (const act of [engine.start, engine.stop, engine.remove]) {
    const given = await act('c', signal)
    expect(given).toMatchObject(answer)
    expect(JSON.stringify(given)).not.toContain('canary')
  }
})

it('asks as Docker wants it: a stop with its time, a removal without volumes or force', async () => {
  const asked: string[] = []
  const engine = await engineOf((request, response) => {
    asked.push(`${request.method} ${request.url}`)
    response.writeHead(204).end()
  })
  await engine.start('c', signal)
  await engine.stop('c', signal)
  await engine.remove('c', signal)
  expect(asked).toEqual([
    'POST /containers/c/start',
    'POST /containers/c/stop?t=0',
    'DELETE /containers/c?v=false&force=false',
  ])
})

it('of an inspection keeps the labels alone, also where there are none', async () => {
  let labels: unknown = { a: 'b' }
  const engine = await engineOf((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ Id: 'c', Config: { Env: [secret], Labels: labels } }))
  })
  expect(await engine.inspect('c', signal)).toEqual({ kind: 'found', labels: { a: 'b' } })
  labels = null
  expect(await engine.inspect('c', signal)).toEqual({ kind: 'found', labels: {} })
})

it('an engine tells its version, unless a proxy does not let that pass', async () => {
  let status = 200
  const engine = await engineOf((_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ Version: '28.1.0' }))
  })
  expect(await engine.readVersion(signal)).toBe('28.1.0')
  status = 403
  expect(await engine.readVersion(signal)).toBeNull()
})

it('gives up on an engine that says nothing, and at once when it is told to end', async () => {
  const engine = await engineOf(() => {}, 50)
  expect(await engine.stop('c', signal)).toMatchObject({ kind: 'failed', code: 'ENGINE_TIMEOUT' })
  const patient = await engineOf(() => {})
  const ending = new AbortController()
  const answer = patient.stop('c', ending.signal)
  ending.abort()
  expect(await answer).toMatchObject({ kind: 'failed', code: 'STOPPED' })
  expect(await patient.stop('c', ending.signal)).toMatchObject({ kind: 'failed', code: 'STOPPED' })
})

it('an engine that cuts its answer off, or listens nowhere, is away', async () => {
  const engine = await engineOf((request) => request.socket.destroy())
  expect(await engine.stop('c', signal)).toMatchObject({ kind: 'failed', code: 'ENGINE_AWAY' })
  const nowhere = createDockerEngine({ socketPath: '/nowhere/docker.sock' })
  expect(await nowhere.ping(signal)).toMatchObject({ code: 'ENGINE_AWAY' })
})
