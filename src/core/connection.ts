/*
 * How a person names a platform's database: the form checks it where it is typed, and the desktop again before it
 * connects.
 */

/** As libpq names them. `require` encrypts and asks nobody who answers. */
export const tlsModes = ['verify-full', 'require', 'disable'] as const
export type TlsMode = (typeof tlsModes)[number]

/** A database without its password: what may be kept in clear and shown. */
export interface ConnectionAddress {
  /** A hostname or an address, as the protocol calls it. */
  readonly host: string
  readonly port: number
  readonly database: string
  readonly user: string
  readonly tlsMode: TlsMode
}

export interface Connection extends ConnectionAddress {
  /** Empty: the server asks for none. */
  readonly password: string
}

export type TypedConnection = Readonly<Record<Exclude<keyof Connection, 'tlsMode'>, string>> &
  Pick<Connection, 'tlsMode'>

export type ConnectionField = keyof Connection
export type ConnectionProblem = 'missing' | 'no-host' | 'no-port' | 'control' | 'too-long' | 'only-loopback'

/** PostgreSQL's own limit for names is 63 bytes; this leaves room and keeps the settings small. */
const maxNameLength = 255
const maxPasswordLength = 1_000

/** What is wrong with what was typed, by field; empty: nothing. */
export function checkConnection(typed: TypedConnection): Partial<Record<ConnectionField, ConnectionProblem>> {
  const problems: Partial<Record<ConnectionField, ConnectionProblem | null>> = {
    host: checkHost(typed.host.trim()),
    port: checkPort(typed.port.trim()),
    database: checkName(typed.database),
    user: checkName(typed.user),
    password: checkText(typed.password, maxPasswordLength),
    tlsMode: typed.tlsMode === 'disable' && !isLoopback(typed.host) ? 'only-loopback' : null,
  }
  const found: Partial<Record<ConnectionField, ConnectionProblem>> = {}
  for (const field of connectionFields) {
    const problem = problems[field]
    if (problem != null) found[field] = problem
  }
  return found
}

/** In the order of the form. */
export const connectionFields = [
  'host',
  'port',
  'database',
  'user',
  'password',
  'tlsMode',
] as const satisfies readonly ConnectionField[]

/** What was typed as a connection; null while something is wrong with it. */
export function readConnection(typed: TypedConnection): Connection | null {
  if (Object.keys(checkConnection(typed)).length > 0) return null
  return { ...typed, host: typed.host.trim(), port: Number(typed.port) }
}

/** Whether what is sent to it stays on this machine. */
export function isLoopback(host: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|::1)$/i.test(host.trim())
}

function checkHost(host: string): ConnectionProblem | null {
  if (host === '') return 'missing'
  if (host.length > maxNameLength) return 'too-long'
  return /^[\p{L}\p{N}._-]+$/u.test(host) || /^[\da-f:.]*:[\da-f:.]*$/i.test(host) ? null : 'no-host'
}

function checkPort(port: string): ConnectionProblem | null {
  if (port === '') return 'missing'
  return /^\d{1,5}$/.test(port) && Number(port) >= 1 && Number(port) <= 65_535 ? null : 'no-port'
}

function checkName(name: string): ConnectionProblem | null {
  return name.trim() === '' ? 'missing' : checkText(name, maxNameLength)
}

function checkText(text: string, maxLength: number): ConnectionProblem | null {
  if (/\p{Cc}/u.test(text)) return 'control'
  return text.length > maxLength ? 'too-long' : null
}
