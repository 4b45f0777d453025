import path from 'node:path'
import type { Command } from 'commander'
import { type LogFormat, logFormats } from '../../core/traffic/log-line.ts'
import type { AccessLogSettings } from '../agent/intake/intake-part.ts'
import { type AgentPart, agentParts } from '../agent/parts.ts'
import { defaultGatewayUrl } from '../agent/routing/routing-config.ts'
import { oneOf, wholeNumber, wordOf } from './words.ts'

export interface AgentFlags {
  readonly without: readonly AgentPart[]
  readonly port: number
  readonly heartbeat: number
  readonly poll: number
  readonly accessLog?: string
  readonly accessLogFormat?: LogFormat
  readonly gatewayUrl: string
  readonly traefikUrl?: string
  readonly json?: boolean
}

const defaultHealthPort = 9_464

const readParts = wordOf('--without', `some of ${agentParts.join(', ')}, parted by commas`, (text) => {
  const parts = text.split(',').map((word) => agentParts.find((known) => known === word.trim()))
  return parts.every((part) => part !== undefined) ? parts : undefined
})

const readSeconds = wordOf('A time in seconds', 'a number from 0.1 to 60', (text) => {
  const seconds = Number(text)
  return seconds >= 0.1 && seconds <= 60 ? seconds : undefined
})

/** Without a slash at its end. */
const readUrl = wordOf('An address', 'one like https://vigie.example', (text) => {
  const url = URL.canParse(text) ? new URL(text) : null
  const isPlain = url !== null && /^https?:$/.test(url.protocol) && !url.username && !url.search && !url.hash
  return isPlain ? url.href.replace(/\/+$/, '') : undefined
})

/** The options of `agent`: which parts it has, and where each finds what it works on. */
export function addAgentFlags(command: Command): Command {
  return command
    .option('--without <parts>', `leave out some of ${agentParts.join(', ')}`, readParts, [])
    .option(
      '--port <number>',
      'the port of the health endpoint on 127.0.0.1; 0: a free one',
      wholeNumber('The port', 0, 65_535),
      defaultHealthPort,
    )
    .option('--heartbeat <seconds>', 'how often it says that it lives', readSeconds, 15)
    .option('--poll <seconds>', 'how often it looks for ticks besides their own instants', readSeconds, 20)
    .option('--access-log <path>', 'the access log of Traefik’s that is followed; -: standard input')
    .option(
      '--access-log-format <format>',
      'how it is written; by default each line tells',
      oneOf('--access-log-format', logFormats),
    )
    .option('--gateway-url <url>', 'where Traefik reaches the blocked page', readUrl, defaultGatewayUrl)
    .option('--traefik-url <url>', 'where Traefik listens: woken projects are asked for there', readUrl)
}

/** Which log is followed; null: none. */
export function accessLogOf({ accessLog, accessLogFormat }: AgentFlags): AccessLogSettings | null {
  if (accessLog === undefined) return null
  return { source: accessLog === '-' ? accessLog : path.resolve(accessLog), format: accessLogFormat ?? null }
}
