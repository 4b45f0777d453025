import { once } from 'node:events'
import { createServer, type Server, type ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Log } from '../../core/context.ts'
import { databaseErrorOf } from '../../core/database-error.ts'
import { VigieError } from '../../core/errors.ts'
import type { Metrics } from './metrics.ts'

export interface HealthOptions {
  /** On 127.0.0.1; 0 takes a free one. */
  readonly port: number
  readonly log: Log
  readonly metrics: Metrics
  /** Throws the VigieError that says why the agent can't work now. */
  readonly checkReady: () => Promise<void>
  /** For the answer of the database. */
  readonly readyTimeoutMs?: number
}

export interface Health {
  readonly port: number
  /** Closes the port at once. */
  stop(): Promise<void>
}

interface Answer {
  readonly status: number
  readonly contentType: string
  readonly body: string
}

/**
 * Serves `/healthz` (the process lives), `/readyz` (it can work: 200 or 503 with a code and a sentence) and `/metrics`, on
 * 127.0.0.1 alone. Throws USAGE if the port can't be had.
 */
export async function startHealth(options: HealthOptions): Promise<Health> {
  const { log } = options
  const server = createServer({ headersTimeout: 5_000, requestTimeout: 5_000, keepAliveTimeout: 5_000 })
  server.maxConnections = 100
  server.on('request', (request, response) => {
    // Nothing here reads a body.
    request.resume()
    answer(options, request.method ?? '', request.url ?? '').then(
      (found) => send(response, request.method === 'HEAD', found),
      (err: unknown) => {
        log.error({ err }, 'A question about the agent’s health failed.')
        send(response, false, json(500, { code: 'INTERNAL', message: 'Something unforeseen failed.' }))
      },
    )
  })
  const port = await listen(server, options.port)
  server.on('error', (err) => log.error({ err }, 'The agent’s health endpoint failed.'))
  return {
    port,
    async stop() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}

async function answer(options: HealthOptions, method: string, url: string): Promise<Answer> {
  if (method !== 'GET' && method !== 'HEAD') {
    return json(405, { code: 'BAD_REQUEST', message: 'Only GET and HEAD are answered here.' })
  }
  const [path] = url.split('?')
  if (path === '/healthz') return json(200, { isAlive: true })
  if (path === '/readyz') return answerReady(options)
  if (path === '/metrics') {
    return { status: 200, contentType: options.metrics.contentType, body: await options.metrics.collect() }
  }
  return json(404, { code: 'BAD_REQUEST', message: 'There are /healthz, /readyz and /metrics.' })
}

async function answerReady({ checkReady, readyTimeoutMs = 2_000 }: HealthOptions): Promise<Answer> {
  const timer = new AbortController()
  const late = sleep(readyTimeoutMs, undefined, { signal: timer.signal }).then(() => {
    throw new VigieError('DATABASE_UNREACHABLE', 'The database does not answer in time.')
  })
  // It is rejected when the check was faster.
  late.catch(() => undefined)
  try {
    await Promise.race([checkReady(), late])
    return json(200, { isReady: true })
  } catch (error) {
    const { code, message } = databaseErrorOf(error)
    return json(503, { isReady: false, code, message })
  } finally {
    timer.abort()
  }
}

function json(status: number, value: object): Answer {
  return { status, contentType: 'application/json; charset=utf-8', body: `${JSON.stringify(value)}\n` }
}

function send(response: ServerResponse, isHead: boolean, { status, contentType, body }: Answer): void {
  if (response.headersSent || response.destroyed) return
  response.writeHead(status, {
    'content-type': contentType,
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  })
  response.end(isHead ? undefined : body)
}

async function listen(server: Server, port: number): Promise<number> {
  try {
    server.listen({ host: '127.0.0.1', port })
    await once(server, 'listening')
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : 'unknown'
    throw new VigieError(
      'USAGE',
      `Port ${port} can’t be had (${code}): choose another with --port.`,
      { port },
      { cause },
    )
  }
  const address = server.address()
  if (address === null || typeof address === 'string') throw new VigieError('INTERNAL', 'The agent got no port.')
  return address.port
}
