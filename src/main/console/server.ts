import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { VigieError } from '../../core/errors.ts'
import type { RpcApp } from '../rpc/trpc.ts'
import { createAccess } from './access.ts'
import { answerRequest, entryPrefix } from './answer-request.ts'
import { plainSentence } from './plain-pages.ts'

export interface ConsoleOptions {
  readonly app: RpcApp
  /** The folder of the built renderer. */
  readonly rendererDir: string
  /** On 127.0.0.1; 0 takes a free one. */
  readonly port: number
  readonly randomBytes?: (size: number) => Uint8Array
  readonly timeouts?: ConsoleTimeouts
}

interface ConsoleTimeouts {
  /** In which a request's headers must have come. */
  readonly headersMs: number
  /** In which all of a request must have come; its answer may take as long as it likes, as event streams do. */
  readonly requestMs: number
  /** After which an idle connection is closed. */
  readonly keepAliveMs: number
  /** How often the first two are looked at. */
  readonly checkMs: number
}

export interface Console {
  /** To be printed: opens the console in any browser until the process ends. */
  readonly url: string
  /** For the browser that Vigie opens itself: the same, but works once (access.ts, ticket). */
  readonly browserUrl: string
  readonly port: number
  /** Closes the port, open event streams included, at once. */
  stop(): Promise<void>
}

const defaultTimeouts: ConsoleTimeouts = {
  headersMs: 10_000,
  requestMs: 30_000,
  keepAliveMs: 30_000,
  checkMs: 5_000,
}

/**
 * Serves the renderer and the router on 127.0.0.1, to browsers that were opened with this start's address.
 * Throws USAGE if the port can't be had.
 */
export async function startConsole(options: ConsoleOptions): Promise<Console> {
  const { app, rendererDir } = options
  const access = createAccess(options.randomBytes ?? randomBytes)
  const server = createConsoleServer(options.timeouts ?? defaultTimeouts)
  server.on('request', (request, response) => {
    answerRequest({ app, access, rendererDir }, request, response).catch((error: unknown) => {
      app.log.error({ method: request.method, err: error }, 'A request to the console failed.')
      if (response.headersSent) return response.destroy()
      const { status, headers, body } = plainSentence(500, 'Something unforeseen failed. The log has the details.')
      return response.writeHead(status, headers).end(body)
    })
  })

  const port = await listenOnLoopback(server, options.port)
  server.on('error', (error) => app.log.error({ err: error }, 'The console’s server failed.'))
  const entrance = `http://127.0.0.1:${port}${entryPrefix}`
  let stopped: Promise<void> | null = null
  return {
    url: entrance + access.token,
    browserUrl: entrance + access.ticket,
    port,
    stop() {
      stopped ??= closeServer(server)
      return stopped
    },
  }
}

function createConsoleServer(timeouts: ConsoleTimeouts): Server {
  return createServer({
    headersTimeout: timeouts.headersMs,
    requestTimeout: timeouts.requestMs,
    keepAliveTimeout: timeouts.keepAliveMs,
    connectionsCheckingInterval: timeouts.checkMs,
  })
}

async function listenOnLoopback(server: Server, port: number): Promise<number> {
  try {
    server.listen({ host: '127.0.0.1', port })
    await once(server, 'listening')
  } catch (error) {
    throw portError(error, port)
  }
  const address = server.address()
  if (address === null || typeof address === 'string') throw new VigieError('INTERNAL', 'The console got no port.')
  return address.port
}

function portError(error: unknown, port: number): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : null
  const sentences: Readonly<Record<string, string>> = {
    EADDRINUSE: `Port ${port} is in use: choose another with --port, or leave it out.`,
    EACCES: `Port ${port} is not allowed for this user: choose one from 1024 on with --port, or leave it out.`,
    ERR_SOCKET_BAD_PORT: `Port ${port} does not exist: choose one up to 65535 with --port, or leave it out.`,
  }
  const sentence = typeof code === 'string' ? sentences[code] : undefined
  return sentence === undefined ? error : new VigieError('USAGE', sentence, { port }, { cause: error })
}

async function closeServer(server: Server): Promise<void> {
  const closed = once(server, 'close')
  server.close()
  server.closeAllConnections()
  await closed
}
