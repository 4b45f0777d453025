/**
 * The gateway: one server for what the edge asks. It is reached through Traefik, Caddy or nginx, and trusts what they say
 * in X-Forwarded headers; so it listens on loopback unless it is told otherwise.
 */
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Log } from '../../../core/context.ts'
import { VigieError } from '../../../core/errors.ts'
import type { ProjectStatus } from '../../../core/project.ts'
import type { BlockedProject } from '../../../core/queries/blocked-project.ts'
import type { HostnameOwner } from '../../../core/routing/hostname-owners.ts'
import { nothingHereText } from '../../../core/routing/judge-probe.ts'
import { normaliseHostname } from '../../../core/routing/resolve-hostname.ts'
import type { Answer } from './answer.ts'
import { atMost } from './at-most.ts'
import { answerBlocked, type BlockedFacts, type BlockedKind } from './blocked-answer.ts'
import type { DecideForward } from './forward-auth.ts'
import { readForwarded } from './forwarded.ts'
import { isBlocked } from './is-blocked.ts'
import type { KeptAnswers } from './kept-answers.ts'
import { chooseLanguage, wantsPage } from './negotiate.ts'
import { gatewayHeaders } from './page.ts'
import type { WakeRequest } from './wake-answer.ts'

export interface GatewayOptions {
  readonly address: string
  /** 0 takes a free one. */
  readonly port: number
  readonly log: Log
  /** What all hostnames are known from; undefined is not known. */
  readonly lookup: (hostname: string) => HostnameOwner | null | undefined
  /** What else is asked for, by hostname in its plain form. */
  readonly owners: KeptAnswers<HostnameOwner>
  readonly projects: KeptAnswers<BlockedProject>
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

  const answerLater = (request: IncomingMessage, response: ServerResponse, answer: Promise<Answer | null>) => {
    answer.then(
      (found) => (found === null ? pass(response) : send(response, request.method, found)),
      (err: unknown) => {
        log.error({ err }, 'A request at the gateway failed.')
        send(response, request.method, nothingHere)
      },
    )
  }
  const answerForward = (request: IncomingMessage, response: ServerResponse, decide: DecideForward) => {
    const asked = readForwarded(request.rawHeaders)
    const decision = decide(asked)
    if (decision === null) return pass(response)
    const hostname = normaliseHostname(asked.hostname ?? '') ?? ''
    const answer = Promise.resolve(decision).then(
      (owner) => owner && answerForwarded(options, request, hostname, owner),
    )
    // No site may depend on what fails here.
    answerLater(
      request,
      response,
      answer.catch((err: unknown) => {
        log.error({ err }, 'A request could not be judged; it passes.')
        return null
      }),
    )
  }
  const tokenOf = (url: string, host: string): string | null => {
    if (wakePrefix === null || !url.startsWith(wakePrefix) || normaliseHostname(host) !== wakeHostname) return null
    return url.slice(wakePrefix.length).split('?')[0] ?? ''
  }

  return (request, response) => {
    const { url = '', method = '' } = request
    if (decideForward !== null && isForwardAuth(url)) return answerForward(request, response, decideForward)
    const { headers } = request
    const token = tokenOf(url, headers.host ?? '')
    if (wake !== null && token !== null) {
      const language = chooseLanguage(headers['accept-language'])
      return answerLater(request, response, wake.answer({ method, token, language }))
    }
    answerLater(request, response, answerVisitor(options, request))
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
async function answerVisitor(options: GatewayOptions, request: IncomingMessage): Promise<Answer> {
  const hostname = normaliseHostname(request.headers.host ?? '')
  if (hostname === null) return nothingHere
  const owner = options.lookup(hostname) ?? (await options.owners.get(hostname))
  if (owner === null) return nothingHere
  const project = await options.projects.get(owner.projectId)
  const kind = kindOf(project?.status ?? owner.status, project?.isWaking === true)
  return kind === null ? nothingHere : describe(options, request, { kind, hostname, project })
}

/** A visitor whom a proxy asks about. Null: the project was woken a moment ago. */
async function answerForwarded(
  options: GatewayOptions,
  request: IncomingMessage,
  hostname: string,
  owner: HostnameOwner,
): Promise<Answer | null> {
  const project = await options.projects.get(owner.projectId)
  const kind = kindOf(project?.status ?? owner.status, false)
  return kind === null ? null : describe(options, request, { kind, hostname, project })
}

function describe({ platformUrl }: GatewayOptions, request: IncomingMessage, facts: BlockedFacts): Answer {
  const { accept, 'accept-language': acceptLanguage } = request.headers
  return answerBlocked(facts, { language: chooseLanguage(acceptLanguage), isPage: wantsPage(accept), platformUrl })
}

function kindOf(status: ProjectStatus, isWaking: boolean): BlockedKind | null {
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
  body: nothingHereText,
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
