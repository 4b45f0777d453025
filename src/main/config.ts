import { VigieError } from '../core/errors.ts'

/** Where the platform's database is. Null in {@link Config}: the embedded one. */
export interface DatabaseAddress {
  /** A hostname, an address, or the folder of a Unix socket. */
  readonly host: string
  readonly port: number
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
  if (url) return parseDatabaseUrl(url)
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
 * scheme (`postgresql+asyncpg://`), and with the socket folder in `?host=`.
 */
export function parseDatabaseUrl(text: string): DatabaseAddress {
  const match = /^postgres(?:ql)?(?:\+\w+)?:\/\/(.*)$/s.exec(text)
  const url = match?.[1] === undefined ? null : parseUrl(`postgres://${match[1]}`)
  if (url === null) throw invalid('DATABASE_URL', 'is no PostgreSQL address like postgresql://user@host:5432/database')
  const user = decode(url.username) || 'postgres'
  const sslMode = url.searchParams.get('sslmode') ?? 'prefer'
  if (!isSslMode(sslMode)) throw invalid('DATABASE_URL', `has an sslmode that is none of ${sslModes.join(', ')}`)
  return {
    host: url.searchParams.get('host') || decode(url.hostname).replace(/^\[(.*)\]$/, '$1') || 'localhost',
    port: parsePort('DATABASE_URL', url.searchParams.get('port') || url.port || '5432'),
    user,
    password: decode(url.password) || url.searchParams.get('password') || undefined,
    database: decode(url.pathname.slice(1)) || user,
    sslMode,
  }
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
