import { VigieError } from '../core/errors.ts'

/** One server. */
export interface DatabaseServer {
  /** A hostname, an address, or the folder of a Unix socket. */
  readonly host: string
  readonly port: number
}

/** Where the platform's database is. Null in {@link Config}: the embedded one. */
export interface DatabaseAddress extends DatabaseServer {
  /** The other servers of the same database, which may have become the writable one. */
  readonly alternatives?: readonly DatabaseServer[]
  /** `target_session_attrs`: a server that can't be written to is passed over, whoever asks. */
  readonly mustWrite?: boolean
  readonly user: string
  readonly password: string | undefined
  readonly database: string
  /** As libpq names them; only what the server's own settings ask for. */
  readonly sslMode: SslMode
}

const sslModes = ['disable', 'prefer', 'require', 'verify-full'] as const
type SslMode = (typeof sslModes)[number]

/** What the environment says. The names are the platform's own (ARCHITECTURE.md, The platform) and `VIGIE_DATA_DIR`. */
export interface Config {
  readonly database: DatabaseAddress | null
  readonly deployDomain: string | null
}

type Env = Readonly<Record<string, string | undefined>>

/** Reads the configuration. Errors: CONFIG_INVALID, naming the variable and never its value. */
export function readConfig(env: Env): Config {
  return { database: readDatabaseAddress(env), deployDomain: env.DEPLOY_DOMAIN?.trim() || null }
}

function readDatabaseAddress(env: Env): DatabaseAddress | null {
  const url = env.DATABASE_URL?.trim()
  // Somebody meant to name a database: the embedded one instead of it would answer with a sample.
  if (url === '') throw new VigieError('CONFIG_INVALID', 'DATABASE_URL is empty. Name a database, or unset it.')
  if (url !== undefined) return parseDatabaseUrl(url)
  const host = env.POSTGRES_HOST ?? env.POSTGRES_SERVER
  const names = [host, env.POSTGRES_DB, env.POSTGRES_USER, env.POSTGRES_PASSWORD]
  if (names.every((value) => !value)) return null
  return {
    host: host || 'localhost',
    port: parsePort('POSTGRES_PORT', env.POSTGRES_PORT || '5432'),
    user: env.POSTGRES_USER || 'postgres',
    password: env.POSTGRES_PASSWORD || undefined,
    database: env.POSTGRES_DB || env.POSTGRES_USER || 'postgres',
    sslMode: 'prefer',
  }
}

/**
 * Reads a connection URI (PostgreSQL manual, 32.1.1.2), also with the driver suffix that other languages put into the
 * scheme (`postgresql+asyncpg://`), with the socket folder in `?host=`, and with several hosts, parted by commas.
 */
export function parseDatabaseUrl(text: string): DatabaseAddress {
  const match = /^postgres(?:ql)?(?:\+\w+)?:\/\/([^/?#]*)(.*)$/s.exec(text)
  const [, authority = '', rest = ''] = match ?? []
  if (isLoginCut(authority, rest)) {
    throw invalid('DATABASE_URL', 'has a /, ? or # in its user or password, which is written as %2F, %3F or %23')
  }
  const login = authority.slice(0, authority.lastIndexOf('@') + 1)
  const [firstHost = '', ...otherHosts] = authority.slice(login.length).split(',')
  // URL knows one host only: the first stands for all.
  const url = match === null ? null : parseUrl(`postgres://${login}${firstHost}${rest}`)
  const others = otherHosts.map((host) => parseUrl(`postgres://${host}`))
  if (url === null || !others.every((other) => other !== null)) {
    throw invalid('DATABASE_URL', 'is no PostgreSQL address like postgresql://user@host:5432/database')
  }
  const user = decode(url.username) || 'postgres'
  const sslMode = url.searchParams.get('sslmode') ?? 'prefer'
  if (!isSslMode(sslMode)) throw invalid('DATABASE_URL', `has an sslmode that is none of ${sslModes.join(', ')}`)
  const [server, ...alternatives] = readServers([url, ...others], url.searchParams)
  if (server === undefined) throw new Error('an address has at least one server')
  return {
    ...server,
    ...(alternatives.length > 0 && { alternatives }),
    ...(readMustWrite(url.searchParams) && { mustWrite: true }),
    user,
    password: decode(url.password) || url.searchParams.get('password') || undefined,
    database: decode(url.pathname.slice(1)) || user,
    sslMode,
  }
}

/** Whether what stands before an @ ended too early: at a character that begins the path, the query or the fragment. */
function isLoginCut(authority: string, rest: string): boolean {
  if (authority.includes('@') || !rest.includes('@')) return false
  const [path = ''] = rest.split(/[?#]/)
  return path.includes('@') || /:\d*[^\d,]/.test(authority.replace(/^\[[^\]]*\]/, ''))
}

/** The servers in their order; `?host=` and `?port=` win, and one port stands for all. */
function readServers(urls: readonly URL[], params: URLSearchParams): DatabaseServer[] {
  const hosts = params.get('host')?.split(',') ?? urls.map((url) => decode(url.hostname).replace(/^\[(.*)\]$/, '$1'))
  const ports = params.get('port')?.split(',') ?? urls.map((url) => url.port)
  if (ports.length > 1 && ports.length !== hosts.length) {
    throw invalid('DATABASE_URL', 'has another number of ports than of hosts')
  }
  return hosts.map((host, index) => ({
    host: host || 'localhost',
    port: parsePort('DATABASE_URL', (ports.length === 1 ? ports[0] : ports[index]) || '5432'),
  }))
}

function readMustWrite(params: URLSearchParams): boolean {
  const wanted = params.get('target_session_attrs') ?? 'any'
  if (wanted === 'any') return false
  if (wanted === 'read-write' || wanted === 'primary') return true
  throw invalid('DATABASE_URL', 'has a target_session_attrs that is none of any, read-write, primary')
}

function parseUrl(text: string): URL | null {
  // URL refuses an empty host with a user in front of it, which libpq allows (postgres://user@/database?host=/folder).
  const padded = text.replace(/^(postgres:\/\/(?:[^@/?]*@)?)(?=[/?]|$)/, '$1localhost')
  return URL.canParse(padded) ? new URL(padded) : null
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw invalid('DATABASE_URL', 'has a percent sign that is not encoded (write it as %25)')
  }
}

function isSslMode(text: string): text is SslMode {
  return sslModes.some((mode) => mode === text)
}

function parsePort(variable: string, text: string): number {
  const port = Number(text)
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw invalid(variable, 'has no valid port (1 to 65535)')
  return port
}

function invalid(variable: string, problem: string): VigieError {
  return new VigieError('CONFIG_INVALID', `${variable} ${problem}. Correct it and start again.`)
}
