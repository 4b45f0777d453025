import net from 'node:net'
import { z } from 'zod'
import { VigieError } from '../../core/errors.ts'
import { isMailAddress } from '../../core/mail/address.ts'
import type { MailSender } from '../../core/mail/transport.ts'

/** The server that takes the mails. */
export interface SmtpAddress {
  readonly host: string
  readonly port: number
  /** TLS from the first byte; otherwise STARTTLS. */
  readonly isSecure: boolean
  readonly login: { readonly user: string; readonly password: string } | null
}

export interface MailConfig {
  /** Null: none is configured, and mails are captured. */
  readonly smtp: SmtpAddress | null
  readonly sender: MailSender
  /** The platform's web app, like `https://app.example`, without a slash at its end; null: not configured. */
  readonly platformUrl: string | null
}

type Env = Readonly<Record<string, string | undefined>>

const text = z.string().trim().default('')
const port = z.coerce.number().int().min(1).max(65_535)
const hostname = z.string().regex(/^[a-z0-9._:[\]-]+$/i)

/** The platform's names (PLATFORM.md, Routing) and SMTP_URL; each with what is wrong when it does not fit. */
const shapes = {
  SMTP_URL: { shape: text, problem: 'is no mail server address like smtps://user:password@mail.example:465' },
  SMTP_HOST: { shape: z.union([z.literal(''), hostname]), problem: 'is no hostname' },
  SMTP_PORT: { shape: z.union([z.literal(''), port]), problem: 'has no valid port (1 to 65535)' },
  SMTP_USERNAME: { shape: text, problem: 'is no user name' },
  SMTP_PASSWORD: { shape: z.string(), problem: 'is no password' },
  EMAIL_SENDER_NAME: {
    shape: z
      .string()
      .regex(/^\P{Cc}*$/u)
      .max(200),
    problem: 'has characters that a name can’t have',
  },
  EMAIL_SENDER_ADDRESS: {
    shape: z.string().refine((value) => value === '' || isMailAddress(value)),
    problem: 'is no mail address',
  },
  URL_SCHEME: { shape: z.enum(['', 'http', 'https']), problem: 'is neither http nor https' },
  APP_HOSTNAME: { shape: z.union([z.literal(''), hostname]), problem: 'is no hostname' },
} as const

/** Reads how mails are sent. Errors: CONFIG_INVALID, naming the variable and never its value. */
export function readMailConfig(env: Env): MailConfig {
  const platformHost = read(env, 'APP_HOSTNAME')
  const scheme = read(env, 'URL_SCHEME') || 'https'
  const smtp = readSmtp(env)
  const address = read(env, 'EMAIL_SENDER_ADDRESS')
  if (smtp !== null && address === '') {
    throw invalid('EMAIL_SENDER_ADDRESS', 'is missing, and a mail server is configured')
  }
  return {
    smtp,
    sender: { name: read(env, 'EMAIL_SENDER_NAME') || 'Vigie', address: address || 'vigie@vigie.invalid' },
    platformUrl: platformHost === '' ? null : `${scheme}://${platformHost}`,
  }
}

function readSmtp(env: Env): SmtpAddress | null {
  const url = read(env, 'SMTP_URL')
  if (url !== '') return parseSmtpUrl(url)
  const host = read(env, 'SMTP_HOST')
  if (host === '') return null
  const chosenPort = read(env, 'SMTP_PORT')
  const user = read(env, 'SMTP_USERNAME')
  return {
    host: withoutBrackets(host),
    port: chosenPort === '' ? submissionPort : Number(chosenPort),
    isSecure: Number(chosenPort) === implicitTlsPort,
    login: user === '' ? null : { user, password: read(env, 'SMTP_PASSWORD') },
  }
}

/** RFC 8314, 3.3: TLS from the first byte; RFC 6409: submission, with STARTTLS. */
const implicitTlsPort = 465
const submissionPort = 587

/** `smtp://user:password@host:port` or `smtps://…`; user and password percent-encoded. */
function parseSmtpUrl(url: string): SmtpAddress {
  const problem = invalid('SMTP_URL', shapes.SMTP_URL.problem)
  const parsed = /^smtps?:\/\//i.test(url) && URL.canParse(url) ? new URL(url) : null
  if (parsed === null || parsed.hostname === '' || !['', '/'].includes(parsed.pathname)) throw problem
  try {
    const isSecure = parsed.protocol === 'smtps:' || parsed.port === String(implicitTlsPort)
    const user = decodeURIComponent(parsed.username)
    return {
      host: withoutBrackets(parsed.hostname),
      port: parsed.port === '' ? (isSecure ? implicitTlsPort : submissionPort) : Number(parsed.port),
      isSecure,
      login: user === '' ? null : { user, password: decodeURIComponent(parsed.password) },
    }
  } catch {
    throw invalid('SMTP_URL', 'has a percent sign that is not encoded (write it as %25)')
  }
}

/** Whether a server is on this machine, so that nobody listens between: 127/8, ::1, localhost. */
export function isLoopback(host: string): boolean {
  if (net.isIPv4(host)) return host.startsWith('127.')
  return /^(localhost\.?|::1|(0:){7}1)$/i.test(host)
}

function read(env: Env, name: keyof typeof shapes): string {
  const { shape, problem } = shapes[name]
  const value = env[name] ?? ''
  const result = shape.safeParse(name === 'SMTP_PASSWORD' ? value : value.trim())
  if (!result.success) throw invalid(name, problem)
  return String(result.data)
}

function withoutBrackets(host: string): string {
  return host.replace(/^\[(.*)\]$/, '$1')
}

function invalid(variable: string, problem: string): VigieError {
  return new VigieError('CONFIG_INVALID', `${variable} ${problem}. Correct it and start again.`)
}
