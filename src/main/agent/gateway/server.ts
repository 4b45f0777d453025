/**
 * The gateway: one server for what the edge asks. It is reached through Traefik, Caddy or nginx, and trusts what they say
 * in X-Forwarded headers; so it listens on loopback unless it is told otherwise.
 */
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Log } from '../../../core/context.ts'
import { VigieError } from '../../../core/errors.ts'
import type { HostnameMap, HostnameOwner } from '../../../core/routing/hostname-map.ts'
import { normaliseHostname } from '../../../core/routing/resolve-hostname.ts'
import type { Answer } from './answer.ts'
import { answerBlocked, type BlockedKind } from './blocked-answer.ts'
import type { DecideForward } from './forward-auth.ts'
import { isBlocked } from './is-blocked.ts'
import { atMost, type KnownProjects } from './known-projects.ts'
import { chooseLanguage, wantsPage } from './negotiate.ts'
import { gatewayHeaders } from './page.ts'
import type { WakeRequest } from './wake-answer.ts'

export interface GatewayOptions {
  readonly address: string
  /** 0 takes a free one. */
  readonly port: number
  readonly log: Log
  readonly map: Pick<HostnameMap, 'lookup' | 'resolve'>
  readonly projects: KnownProjects
  readonly platformUrl: string | null
  /** Null: forward auth is not offered. */
  readonly decideForward: DecideForward | null
  /** Null: there are no owners' links. */
  readonly wake: { readonly publicUrl: string; readonly answer: (request: WakeRequest) => Promise<Answer> } | null
}

export interface Gateway {
  readonly port: number
  stop(): Promise<void>
}

/** Longer than the proxies keep an idle connection (90 s, 2 min, 60 s): the one that closes first must be theirs. */
const keepAliveTimeoutMs = 125_000
const headersTimeoutMs = 10_000
const requestTimeoutMs = 20_000
/** As much as Traefik and Caddy let through: a visitor with many cookies must not be refused by an intermediary. */
const maxHeaderBytes = 1024 * 1024
const maxConnections = 5_000
/** How long a visitor of an unknown hostname waits for the database. */
const lookupWaitMs = 500

/** Starts it. Errors: USAGE if the address can't be had. */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const { log } = options
  const server = createServer({
    headersTimeout: headersTimeoutMs,
    requestTimeout: requestTimeoutMs,
    keepAliveTimeout: keepAliveTimeoutMs,
    connectionsCheckingInterval: 5_000,
    maxHeaderSize: maxHeaderBytes,
  })
  server.maxConnections = maxConnections
  server.on('request', createHandler(options))
  const port = await listen(server, options)
  server.on('error', (err) => log.error({ err }, 'The gateway failed.'))
  return {
    port,
    async stop() {
      const closed = once(server, 'close')
      server.close()
      server.closeIdleConnections()
      await atMost(stopWaitMs, closed)
      server.closeAllConnections()
    },
  }
}

/** For answers that are under way. */
const stopWaitMs = 1_000

type Handle = (request: IncomingMessage, response: ServerResponse) => void

function createHandler(options: GatewayOptions): Handle {
  const { decideForward, wake, log } = options
  const wakePrefix = wake && `${new URL(wake.publicUrl).pathname.replace(/\/$/, '')}/wake/`
  const wakeHostname = wake && new URL(wake.publicUrl).hostname

  const sendLater = (response: ServerResponse, request: IncomingMessage, answer: Promise<Answer>) => {
    answer.then(
      (found) => send(response, request.method, found),
      (err: unknown) => {
        log.error({ err }, 'A request at the gateway failed.')
        send(response, request.method, nothingHere)
      },
    )
  }
  const sendDecision = (request: IncomingMessage, response: ServerResponse, owner: HostnameOwner | null) => {
    if (owner === null) pass(response)
    else sendLater(response, request, describe(options, request, owner, headerOf(request, 'x-forwarded-host')))
  }

  return (request, response) => {
    const url = request.url ?? ''
    if (decideForward !== null && isForwardAuth(url)) {
      const { headers } = request
      const decision = decideForward({
        hostname: headerOf(request, 'x-forwarded-host'),
        path: headerOf(request, 'x-forwarded-uri') ?? null,
        address: headerOf(request, 'x-forwarded-for') ?? null,
        userAgent: headers['user-agent'] ?? null,
      })
      if (!(decision instanceof Promise)) return sendDecision(request, response, decision)
      decision.then(
        (owner) => sendDecision(request, response, owner),
        (err: unknown) => {
          log.error({ err }, 'A request could not be judged; it passes.')
          pass(response)
        },
      )
      return
    }
    const host = request.headers.host
    if (wake && wakePrefix && url.startsWith(wakePrefix) && host && hostnameOf(host) === wakeHostname) {
      const [token = ''] = url.slice(wakePrefix.length).split('?')
      const language = chooseLanguage(request.headers['accept-language'])
      sendLater(response, request, wake.answer({ method: request.method ?? '', token, language }))
      return
    }
    sendLater(response, request, answerVisitor(options, request, host))
  }
}

function isForwardAuth(url: string): boolean {
  return url === '/forward-auth' || url.startsWith('/forward-auth?')
}

/** The request goes on to its site. */
function pass(response: ServerResponse): void {
  response.writeHead(204)
  response.end()
}

/** A visitor whom the edge sent here for the blocked page. */
async function answerVisitor(
  options: GatewayOptions,
  request: IncomingMessage,
  host: string | undefined,
): Promise<Answer> {
  if (host === undefined) return nothingHere
  const owner = await findOwner(options, host)
  return owner === null ? nothingHere : describe(options, request, owner, host)
}

async function findOwner({ map }: GatewayOptions, host: string): Promise<HostnameOwner | null> {
  const known = map.lookup(host)
  if (known !== undefined) return known
  let found: HostnameOwner | null = null
  const looking = map.resolve(host).then(
    (owner) => {
      found = owner
    },
    // Nobody is blocked by what is not known.
    () => undefined,
  )
  await atMost(lookupWaitMs, looking)
  return found
}

async function describe(
  { projects, platformUrl }: GatewayOptions,
  request: IncomingMessage,
  owner: HostnameOwner,
  host: string | undefined,
): Promise<Answer> {
  const project = await projects.get(owner.projectId)
  const kind = kindOf(owner, project?.isWaking === true)
  if (kind === null) return nothingHere
  const { accept, 'accept-language': acceptLanguage } = request.headers
  const look = { language: chooseLanguage(acceptLanguage), isPage: wantsPage(accept), platformUrl }
  return answerBlocked({ kind, hostname: hostnameOf(host ?? '') ?? '', project }, look)
}

function kindOf({ status }: HostnameOwner, isWaking: boolean): BlockedKind | null {
  if (isBlocked(status)) return status
  return isWaking ? 'waking' : null
}

const nothingHere: Answer = {
  status: 404,
  headers: {
    ...gatewayHeaders,
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Security-Policy': "default-src 'none'",
  },
  body: 'Nothing is here.\n',
}

function hostnameOf(host: string): string | null {
  return normaliseHostname(host)
}

/** A header that may stand there once. Node joins what stands there twice, and that is no hostname any more. */
function headerOf(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name]
  return typeof value === 'string' ? value : undefined
}

function send(response: ServerResponse, method: string | undefined, { status, headers, body }: Answer): void {
  if (response.headersSent || response.destroyed) return
  response.writeHead(status, { ...headers, 'Content-Length': Buffer.byteLength(body) })
  response.end(method === 'HEAD' ? undefined : body)
}

async function listen(server: Server, { address, port }: GatewayOptions): Promise<number> {
  try {
    server.listen({ host: address, port })
    await once(server, 'listening')
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : 'unknown'
    throw new VigieError(
      'USAGE',
      `The gateway’s address ${address}:${port} can’t be had (${code}): choose another with --gateway.`,
      { port },
      { cause },
    )
  }
  const bound = server.address()
  if (bound === null || typeof bound === 'string') throw new VigieError('INTERNAL', 'The gateway got no port.')
  return bound.port
}
