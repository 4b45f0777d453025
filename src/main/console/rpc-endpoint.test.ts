import { createTRPCClient, httpBatchStreamLink } from '@trpc/client'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { AppRouter } from '../rpc/contract.ts'
import { type ConsoleFixture, createConsoleFixture, ownOrigin } from './testing/console-fixture.ts'

let fixture: ConsoleFixture

beforeAll(async () => {
  fixture = await createConsoleFixture()
})

afterAll(() => fixture.remove())

afterEach(() => fixture.stopAll())

describe('calls', () => {
  it('answers while the database does not', async () => {
    const { send } = await fixture.startEntered(false)
    const answer = await send({ path: '/trpc/status' })
    expect(JSON.parse(answer.body)).toMatchObject({ result: { data: { error: { code: 'DATABASE_UNREACHABLE' } } } })
    expect(answer.headers['cache-control']).toBe('no-store')
    expect(answer.headers['x-content-type-options']).toBe('nosniff')
  })

  it('serves the renderer’s client, in batches', async () => {
    const { served, cookie } = await fixture.startEntered(true)
    const client = createTRPCClient<AppRouter>({
      links: [
        httpBatchStreamLink({ url: `${ownOrigin(served)}/trpc`, headers: { cookie, origin: ownOrigin(served) } }),
      ],
    })
    const [status, again] = await Promise.all([client.status.query(), client.status.query()])
    expect(status.facts?.login).toBe('operator')
    expect(again).toEqual(status)
    expect(await client.sweeps.start.mutate()).toEqual({ runId: 7 })
  })

  it('tells of a procedure that does not exist', async () => {
    const { send } = await fixture.startEntered(false)
    const answer = await send({ path: '/trpc/nothing' })
    expect(answer.status).toBe(404)
    expect(JSON.parse(answer.body)).toMatchObject({ error: { data: { vigie: { code: 'BAD_REQUEST' } } } })
  })

  const tooLarge = JSON.stringify('x'.repeat(1024 * 1024))

  it.each([
    ['announced', { 'content-length': String(Buffer.byteLength(tooLarge)) }],
    ['unannounced', { 'transfer-encoding': 'chunked' }],
  ])('refuses more than 1 MiB, %s', async (_how, headers) => {
    const { served, send } = await fixture.startEntered(true)
    const answer = await send({
      method: 'POST',
      path: '/trpc/projects.reactivate',
      headers: { origin: ownOrigin(served), 'content-type': 'application/json', ...headers },
      body: tooLarge,
    })
    expect(answer.status).toBe(413)
    expect(JSON.parse(answer.body)).toMatchObject({ error: { data: { code: 'PAYLOAD_TOO_LARGE' } } })
    expect((await send({ path: '/trpc/status' })).status).toBe(200)
  })
})
