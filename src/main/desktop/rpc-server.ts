/*
 * tRPC over messages: one connection per page. Built on tRPC's public functions, since the packages that offer this lose
 * an error's data, fail on tracked events, or leave a call without an answer.
 */
import {
  type AnyTRPCRouter,
  callTRPCProcedure,
  getTRPCErrorFromUnknown,
  getTRPCErrorShape,
  isTrackedEnvelope,
  TRPCError,
} from '@trpc/server'
import { z } from 'zod'
import type { Log } from '../../core/context.ts'
import { VigieError } from '../../core/errors.ts'
import type { RpcReply, RpcRequest } from '../../core/rpc-message.ts'

export interface RpcServerOptions {
  readonly router: AnyTRPCRouter
  /** Asked for every call; when it fails, the call is answered with its error. */
  readonly createContext: (path: string) => Promise<object>
  readonly log: Log
  /** Calls that a page may have open at once, subscriptions among them. */
  readonly maxCalls: number
  readonly maxSubscriptions: number
}

export interface RpcConnection {
  /** Takes a message as it came, of whatever shape. */
  readonly receive: (message: unknown) => void
  /** Aborts all that is open. Nothing is sent any more. */
  readonly close: () => void
}

type Call = RpcRequest & { kind: 'call' }

const callId = z.string().min(1).max(100)
const requestSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('call'),
    id: callId,
    type: z.enum(['query', 'mutation', 'subscription']),
    path: z.string().max(200),
    input: z.unknown().optional(),
  }),
  z.strictObject({ kind: z.literal('stop'), id: callId }),
])

/** Opens a connection that answers through `send`, which may throw for what can't be cloned. */
export function openRpcConnection(options: RpcServerOptions, send: (reply: RpcReply) => void): RpcConnection {
  const { router, createContext, log, maxCalls, maxSubscriptions } = options
  const open = new Map<string, { readonly call: Call; readonly controller: AbortController }>()
  let hadMalformed = false

  function receive(message: unknown): void {
    const request = requestSchema.safeParse(message)
    if (!request.success) {
      if (!hadMalformed) log.warn({ issues: request.error.issues.length }, 'A message of the page has no known shape.')
      hadMalformed = true
    } else if (request.data.kind === 'stop') {
      open.get(request.data.id)?.controller.abort()
      open.delete(request.data.id)
    } else {
      const { path } = request.data
      answer(request.data).catch((err: unknown) => log.error({ path, err }, 'The page could not be answered.'))
    }
  }

  async function answer(call: Call): Promise<void> {
    const refusal = findRefusal(call)
    if (refusal !== null) return sendError(call, refusal, undefined)
    const controller = new AbortController()
    open.set(call.id, { call, controller })
    let ctx: object | undefined
    try {
      ctx = await createContext(call.path)
      if (controller.signal.aborted) return
      await run(call, ctx, controller.signal)
    } catch (cause) {
      if (!controller.signal.aborted) sendError(call, getTRPCErrorFromUnknown(cause), ctx)
    } finally {
      if (open.get(call.id)?.controller === controller) open.delete(call.id)
    }
  }

  async function run(call: Call, ctx: object, signal: AbortSignal): Promise<void> {
    const { id, type, path, input } = call
    const getRawInput = () => Promise.resolve(input)
    const result: unknown = await callTRPCProcedure({ router, path, type, ctx, getRawInput, signal, batchIndex: 0 })
    if (signal.aborted) return
    try {
      if (type === 'subscription') await follow(id, result, signal)
      else send({ kind: 'result', id, data: result })
    } catch (err) {
      // The procedures log their own failures; these happened after they had returned.
      if (!signal.aborted) log.error({ path, err }, 'An answer could not be sent to the page.')
      throw err
    }
  }

  async function follow(id: string, events: unknown, signal: AbortSignal): Promise<void> {
    if (!isAsyncIterable(events)) throw new Error('The subscription returned nothing to follow.')
    send({ kind: 'started', id })
    for await (const event of events) {
      if (signal.aborted) return
      send(eventReply(id, event))
    }
    if (!signal.aborted) send({ kind: 'stopped', id })
  }

  function findRefusal(call: Call): TRPCError | null {
    const calls = [...open.values()].map((entry) => entry.call)
    if (open.has(call.id)) return refuse('BAD_REQUEST', 'This call was made already.')
    if (calls.length >= maxCalls) return refuse('TOO_MANY_REQUESTS', 'The page asks for too much at once: reload it.')
    const subscriptions = calls.filter(({ type }) => type === 'subscription')
    if (call.type === 'subscription' && subscriptions.length >= maxSubscriptions) {
      return refuse('TOO_MANY_REQUESTS', 'The page follows too much at once: reload it.')
    }
    return null
  }

  function sendError({ id, type, path, input }: Call, error: TRPCError, ctx: object | undefined): void {
    const config = router._def._config
    send({ kind: 'error', id, error: getTRPCErrorShape({ config, error, type, path, input, ctx }) })
  }

  return {
    receive,
    close() {
      for (const { controller } of open.values()) controller.abort()
      open.clear()
    },
  }
}

function eventReply(id: string, event: unknown): RpcReply {
  if (!isTrackedEnvelope(event)) return { kind: 'event', id, data: event }
  const [eventId, data] = event
  return { kind: 'event', id, eventId, data: { id: eventId, data } }
}

function refuse(code: 'BAD_REQUEST' | 'TOO_MANY_REQUESTS', sentence: string): TRPCError {
  return new TRPCError({ code, message: sentence, cause: new VigieError('BAD_REQUEST', sentence) })
}

function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value
}
