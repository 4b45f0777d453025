import { isIP } from 'node:net'
import path from 'node:path'
import { type Command, Option } from 'commander'
import { VigieError } from '../../core/errors.ts'
import { type LogFormat, logFormats } from '../../core/traffic/log-line.ts'
import type { GatewaySettings } from '../agent/gateway/gateway-part.ts'
import type { AccessLogSettings } from '../agent/intake/intake-part.ts'
import { type AgentPart, agentParts } from '../agent/parts.ts'
import { defaultGatewayUrl, type RoutingConfig } from '../agent/routing/routing-config.ts'
import { oneOf, wholeNumber, wordOf } from './words.ts'

export interface AgentFlags {
  readonly without: readonly AgentPart[]
  readonly port: number
  readonly heartbeat: number
  readonly poll: number
  readonly accessLog?: string
  readonly accessLogFormat?: LogFormat
  readonly gateway: GatewayAddress
  readonly forwardAuth?: boolean
  readonly publicUrl?: string
  readonly gatewayUrl: string
  readonly traefikUrl?: string
  readonly json?: boolean
}

type GatewayAddress = Pick<GatewaySettings, 'address' | 'port'>

const defaultHealthPort = 9_464
const defaultGateway: GatewayAddress = { address: '127.0.0.1', port: 9_465 }

const readParts = wordOf('--without', `some of ${agentParts.join(', ')}, parted by commas`, (text) => {
  const parts = text.split(',').map((word) => agentParts.find((known) => known === word.trim()))
  return parts.every((part) => part !== undefined) ? parts : undefined
})

const readSeconds = wordOf('A time in seconds', 'a number from 0.1 to 60', (text) => {
  const seconds = Number(text)
  return seconds >= 0.1 && seconds <= 60 ? seconds : undefined
})

const readGateway = wordOf('--gateway', 'an address and a port, like 127.0.0.1:9465', (text) => {
  const [, address = '', digits = ''] = /^(.+):(\d{1,5})$/.exec(text) ?? []
  const bare = address.replace(/^\[(.*)\]$/, '$1')
  const port = Number(digits)
  return isIP(bare) !== 0 && port <= 65_535 ? { address: bare, port } : undefined
})

/** Without a slash at its end. */
const readUrl = wordOf('An address', 'one like https://vigie.example', (text) => {
  const url = URL.canParse(text) ? new URL(text) : null
  const isPlain = url !== null && /^https?:$/.test(url.protocol) && !url.username && !url.search && !url.hash
  return isPlain ? url.href.replace(/\/+$/, '') : undefined
})

/** What tells of the edge that an agent stands beside: the same flags for it and for its doctor. */
export type EdgeFlags = Pick<AgentFlags, 'accessLog' | 'accessLogFormat' | 'gatewayUrl' | 'traefikUrl'>

/** The options by which the edge is found. */
export function addEdgeFlags(command: Command): Command {
  return command
    .option('--access-log <path>', 'the access log of Traefik’s that is followed; -: standard input')
    .option(
      '--access-log-format <format>',
      'how it is written; by default each line tells',
      oneOf('--access-log-format', logFormats),
    )
    .option('--gateway-url <url>', 'where Traefik reaches the blocked page', readUrl, defaultGatewayUrl)
    .option('--traefik-url <url>', 'where Traefik listens: woken projects are asked for there', readUrl)
}

/** The options of `agent`: which parts it has, and where each finds what it works on. */
export function addAgentFlags(command: Command): Command {
  return addEdgeFlags(command)
    .option('--without <parts>', `leave out some of ${agentParts.join(', ')}`, readParts, [])
    .option(
      '--port <number>',
      'the port of the health endpoint on 127.0.0.1; 0: a free one',
      wholeNumber('The port', 0, 65_535),
      defaultHealthPort,
    )
    .option('--heartbeat <seconds>', 'how often it says that it lives', readSeconds, 15)
    .option('--poll <seconds>', 'how often it looks for ticks besides their own instants', readSeconds, 20)
    .addOption(
      new Option('--gateway <address:port>', 'where the blocked page and forward auth are answered; port 0: a free one')
        .argParser(readGateway)
        .default(defaultGateway, `${defaultGateway.address}:${defaultGateway.port}`),
    )
    .option('--forward-auth', 'answer a proxy that asks about every request, and count what passes')
    .option(
      '--public-url <url>',
      'where owners reach the gateway: mails carry a link that wakes their project',
      readUrl,
    )
}

/** Errors: USAGE, where one agent would count the same requests by its log and by forward auth. */
export function refuseToCountTwice({ without, accessLog, forwardAuth }: AgentFlags): void {
  const isCounting = (part: AgentPart) => !without.includes(part)
  if (accessLog === undefined || forwardAuth !== true || !isCounting('intake') || !isCounting('gateway')) return
  throw new VigieError(
    'USAGE',
    '--access-log and --forward-auth would count each request twice. Leave one out: behind Traefik, --forward-auth. ' +
      'For two proxies that see different requests, start two agents.',
  )
}

/** Which log is followed; null: none. */
export function accessLogOf({ accessLog, accessLogFormat }: EdgeFlags): AccessLogSettings | null {
  if (accessLog === undefined) return null
  return { source: accessLog === '-' ? accessLog : path.resolve(accessLog), format: accessLogFormat ?? null }
}

/** What the gateway answers, and where. */
export function gatewayOf({ gateway, forwardAuth, publicUrl }: AgentFlags): GatewaySettings {
  return { ...gateway, isForwardAuth: forwardAuth === true, publicUrl: publicUrl ?? null }
}

/** Where Traefik and the gateway reach each other. */
export function urlsOf({ gatewayUrl, traefikUrl }: EdgeFlags): Pick<RoutingConfig, 'gatewayUrl' | 'traefikUrl'> {
  return { gatewayUrl, traefikUrl: traefikUrl ?? null }
}
