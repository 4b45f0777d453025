import { tracked } from '@trpc/server'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { VigieError } from './core/errors.ts'
import { appRouter } from './main/rpc/router.ts'
import { bareProcedure, router } from './main/rpc/trpc.ts'
import { double, errorOf, follow, logged, openPage, untilAborted, waitingSignals } from './testing/ipc-page.ts'

const testRouter = router({
  double: bareProcedure.input(z.object({ value: z.number() })).query(({ input }) => input.value * 2),
  nothing: bareProcedure.mutation(() => undefined),
  greet: bareProcedure.mutation(() => ({ text: 'Grüße 🗼', at: null, rows: [[1, 'a']] })),
  refuse: bareProcedure.query(() => {
    throw new VigieError('NOT_OWNER_OR_ADMIN', 'Nobody of that name.', { team: 'a1' })
  }),
  break: bareProcedure.query(() => {
    throw new Error('a detail that stays here')
  }),
  uncloneable: bareProcedure.query(() => ({ run: () => {} })),
  wait: bareProcedure.query(({ signal }) => untilAborted(signal)),
  count: bareProcedure.input(z.number()).subscription(async function* ({ input }) {
    for (let value = 1; value <= input; value += 1) yield value
  }),
  marked: bareProcedure.subscription(async function* () {
    yield tracked('event-1', { value: 1 })
  }),
  breakLater: bareProcedure.subscription(async function* () {
    yield 1
    throw new VigieError('DATABASE_CONNECTION_LOST', 'The connection was lost.')
  }),
  forever: bareProcedure.subscription(async function* ({ signal }) {
    yield 'begun'
    await untilAborted(signal)
  }),
})

afterEach(() => {
  logged.length = 0
  waitingSignals.length = 0
})

describe('queries and mutations', () => {
  it('bring their results, each to its own question', async () => {
    const { client } = openPage(testRouter)
    const values = [3, 1, 2]
    expect(await Promise.all(values.map((value) => client.double.query({ value })))).toEqual([6, 2, 4])
  })

  it('bring plain data as it is, and nothing as undefined', async () => {
    const { client } = openPage(testRouter)
    expect(await client.greet.mutate()).toEqual({ text: 'Grüße 🗼', at: null, rows: [[1, 'a']] })
    expect(await client.nothing.mutate()).toBeUndefined()
  })

  it('are served from the application’s own router', async () => {
    const { client } = openPage(appRouter)
    expect(await client.status.query()).toMatchObject({ database: { kind: 'embedded' }, facts: { isSample: true } })
  })
})

describe('errors', () => {
  const { client } = openPage(testRouter)

  it('keep their code, sentence and details', async () => {
    expect(await errorOf(client.refuse.query())).toEqual({
      code: 'NOT_OWNER_OR_ADMIN',
      message: 'Nobody of that name.',
      details: { team: 'a1' },
    })
  })

  it('name the field of a bad input', async () => {
    const invalid = JSON.parse('{"value":"three"}')
    expect(await errorOf(client.double.query(invalid))).toMatchObject({
      code: 'BAD_REQUEST',
      message: expect.stringMatching(/^value: /),
    })
  })

  it('hide what was not foreseen', async () => {
    expect(await errorOf(client.break.query())).toEqual({
      code: 'INTERNAL',
      message: 'Something unforeseen failed. The log has the details.',
    })
  })

  it('answer a call whose context can’t be made', async () => {
    const createContext = () => Promise.reject(new VigieError('DATA_FOLDER_UNUSABLE', 'The folder is not writable.'))
    const page = openPage(testRouter, { createContext })
    expect(await errorOf(page.client.double.query({ value: 1 }))).toMatchObject({ code: 'DATA_FOLDER_UNUSABLE' })
  })

  it('answer a call whose result can’t be cloned, and log it', async () => {
    expect(await errorOf(client.uncloneable.query())).toMatchObject({ code: 'INTERNAL' })
    expect(logged).toEqual(['An answer could not be sent to the page.'])
  })

  it('answer a call whose input can’t be cloned', async () => {
    const input: { value: number } = Object.assign(() => {}, { value: 1 })
    await expect(client.double.query(input)).rejects.toThrow(/could not be cloned/)
  })

  it.each([
    ['gone', 'query'],
    ['__proto__.toString', 'query'],
    ['constructor', 'mutation'],
    ['double', 'mutation'],
    ['count', 'query'],
  ])('answer a call of %s as a %s', async (path, type) => {
    const page = openPage(testRouter)
    page.receive({ kind: 'call', id: '1', type, path, input: { value: 1 } })
    await vi.waitFor(() =>
      expect(page.replies).toMatchObject([
        {
          kind: 'error',
          id: '1',
          error: { data: { code: 'NOT_FOUND', vigie: { message: 'There is no such procedure.' } } },
        },
      ]),
    )
  })
})

describe('a subscription', () => {
  it('starts, brings its events in order, and ends', async () => {
    const { client } = openPage(testRouter)
    const { course, ended } = follow((handlers) => client.count.subscribe(3, handlers))
    await ended
    const values = [1, 2, 3].map((value) => ({ value }))
    expect(course).toEqual(['connecting', 'started', 'pending', ...values, 'stopped', 'idle', 'complete'])
  })

  it('brings tracked events with their ids', async () => {
    const { client } = openPage(testRouter)
    const { course, ended } = follow((handlers) => client.marked.subscribe(undefined, handlers))
    await ended
    expect(course).toContainEqual({ value: { id: 'event-1', data: { value: 1 } } })
  })

  it('ends with the error that it meets', async () => {
    const { client } = openPage(testRouter)
    const { course, ended } = follow((handlers) => client.breakLater.subscribe(undefined, handlers))
    await ended
    const error = { code: 'DATABASE_CONNECTION_LOST', message: 'The connection was lost.' }
    expect(course).toEqual(['connecting', 'started', 'pending', { value: 1 }, { error }])
    expect(logged).toHaveLength(1)
  })

  it('ends with the error of its start', async () => {
    const { client } = openPage(testRouter)
    const { course, ended } = follow((handlers) => client.count.subscribe(JSON.parse('"three"'), handlers))
    await ended
    expect(course).toEqual(['connecting', { error: expect.objectContaining({ code: 'BAD_REQUEST' }) }])
  })

  it('ends at the server when the page unsubscribes, and brings nothing more', async () => {
    const { client, requests } = openPage(testRouter)
    const { course, unsubscribe } = follow((handlers) => client.forever.subscribe(undefined, handlers))
    await vi.waitFor(() => expect(waitingSignals).toHaveLength(1))
    unsubscribe()
    await vi.waitFor(() => expect(waitingSignals[0]?.aborted).toBe(true))
    expect(requests.map(({ kind }) => kind)).toEqual(['call', 'stop'])
    expect(course).toEqual(['connecting', 'started', 'pending', { value: 'begun' }])
    expect(logged).toEqual([])
  })

  it('ends at the server when its signal is aborted', async () => {
    const { client } = openPage(testRouter)
    const controller = new AbortController()
    const { course, ended } = follow((handlers) =>
      client.forever.subscribe(undefined, { ...handlers, signal: controller.signal }),
    )
    await vi.waitFor(() => expect(waitingSignals).toHaveLength(1))
    controller.abort()
    await ended
    expect(course.slice(-3)).toEqual(['stopped', 'idle', 'complete'])
    await vi.waitFor(() => expect(waitingSignals[0]?.aborted).toBe(true))
  })

  it('ends when the page is gone, with all else that is open', async () => {
    const { client, close, replies } = openPage(testRouter)
    follow((handlers) => client.forever.subscribe(undefined, handlers))
    follow((handlers) => client.forever.subscribe(undefined, handlers))
    client.wait.query().catch(() => undefined)
    await vi.waitFor(() => expect(waitingSignals).toHaveLength(3))
    const repliesBefore = replies.length
    close()
    expect(waitingSignals.map(({ aborted }) => aborted)).toEqual([true, true, true])
    await new Promise(setImmediate)
    expect(replies).toHaveLength(repliesBefore)
  })

  it('follows the application’s changes', async () => {
    const { client } = openPage(appRouter)
    const { course, unsubscribe } = follow((handlers) => client.changes.subscribe(undefined, handlers))
    await vi.waitFor(() => expect(course).toContainEqual({ value: { kind: 'connected' } }))
    double.feed.emit('change', { kind: 'run', runId: 4 })
    await vi.waitFor(() => expect(course).toContainEqual({ value: { kind: 'run', runId: 4 } }))
    const ended = new Promise<void>((resolve) => double.feed.once('ended', resolve))
    unsubscribe()
    await ended
  })
})

describe('aborting a query', () => {
  it('reaches the server, and is an AbortError', async () => {
    const { client } = openPage(testRouter)
    const controller = new AbortController()
    const answer = client.wait.query(undefined, { signal: controller.signal })
    await vi.waitFor(() => expect(waitingSignals).toHaveLength(1))
    controller.abort()
    await expect(answer).rejects.toMatchObject({ cause: { name: 'AbortError' } })
    await vi.waitFor(() => expect(waitingSignals[0]?.aborted).toBe(true))
  })

  it('before it begins sends nothing', async () => {
    const { client, requests } = openPage(testRouter)
    await expect(client.wait.query(undefined, { signal: AbortSignal.abort() })).rejects.toThrow('aborted')
    expect(requests).toEqual([])
  })

  it('while the application starts keeps it from running at all', async () => {
    let start: () => void = () => {}
    const started = new Promise<void>((resolve) => {
      start = resolve
    })
    const page = openPage(testRouter, { createContext: () => started.then(() => ({ app: double.app })) })
    page.receive({ kind: 'call', id: '1', type: 'query', path: 'wait' })
    page.receive({ kind: 'stop', id: '1' })
    start()
    await page.client.double.query({ value: 1 })
    expect(waitingSignals).toEqual([])
  })
})

describe('limits', () => {
  it('refuse a subscription too many, until another has ended', async () => {
    const { client } = openPage(testRouter)
    const open = [1, 2, 3].map(() => follow((handlers) => client.forever.subscribe(undefined, handlers)))
    await vi.waitFor(() => expect(waitingSignals).toHaveLength(3))
    const refused = follow((handlers) => client.forever.subscribe(undefined, handlers))
    await refused.ended
    expect(refused.course.at(-1)).toMatchObject({ error: { message: 'The page follows too much at once: reload it.' } })
    expect(await client.double.query({ value: 2 })).toBe(4)
    open[0]?.unsubscribe()
    const again = follow((handlers) => client.count.subscribe(1, handlers))
    await again.ended
    expect(again.course.at(-1)).toBe('complete')
  })

  it('survive a flood of calls', async () => {
    const { client } = openPage(testRouter)
    const calls = Array.from({ length: 2_000 }, () => client.wait.query())
    const refusals = await Promise.all(calls.slice(50).map((call) => errorOf(call)))
    expect(new Set(refusals.map((refusal) => refusal?.message))).toEqual(
      new Set(['The page asks for too much at once: reload it.']),
    )
    expect(waitingSignals).toHaveLength(50)
  })

  it('survive a flood of what are no messages, and log it once', async () => {
    const { client, receive, replies } = openPage(testRouter)
    const strange = [
      null,
      undefined,
      7,
      'call',
      [],
      {},
      { kind: 'call' },
      { kind: 'call', id: 1, type: 'query', path: 'double' },
    ]
    const tooLong = [
      { kind: 'stop', id: 'x'.repeat(101) },
      { kind: 'call', id: '1', type: 'query', path: 'x'.repeat(201) },
      { kind: 'call', id: '1', type: 'query', path: 'double', extra: true },
    ]
    for (let round = 0; round < 500; round += 1) [...strange, ...tooLong].forEach(receive)
    expect(replies).toEqual([])
    expect(logged).toEqual(['A message of the page has no known shape.'])
    expect(await client.double.query({ value: 2 })).toBe(4)
  })

  it('refuse an id that is in use', async () => {
    const page = openPage(testRouter)
    page.receive({ kind: 'call', id: '1', type: 'query', path: 'wait' })
    page.receive({ kind: 'call', id: '1', type: 'query', path: 'double', input: { value: 1 } })
    await vi.waitFor(() => expect(page.replies).toMatchObject([{ kind: 'error', id: '1' }]))
  })

  it('ignore the end of what is not open', async () => {
    const { client, receive } = openPage(testRouter)
    receive({ kind: 'stop', id: 'unknown' })
    expect(await client.double.query({ value: 2 })).toBe(4)
  })
})
