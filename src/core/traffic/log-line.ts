/**
 * Lines of Traefik's access log (its manual, Observability, Access logs): JSON, and the common format with Traefik's own
 * fields at its end. The common format has no hostname, but the name of the router. Visitors choose paths, referrers and
 * user agents: what a line says of itself is read from fields that they don't.
 */

/** A request as a line tells it. */
export interface LoggedRequest {
  /** Null: the line has no hostname, but a router. */
  readonly hostname: string | null
  readonly router: string | null
  /** When the line was written, in milliseconds since 1970: of a connection that lasts, its end. */
  readonly at: number
  readonly userAgent: string | null
  readonly path: string | null
  readonly address: string | null
}

export const logFormats = ['json', 'common'] as const
export type LogFormat = (typeof logFormats)[number]

/** Reads a line in the given format, or in the one that it has. Null: it is none. */
export function parseLogLine(line: string, format: LogFormat | null): LoggedRequest | null {
  const isJson = line.startsWith('{')
  if (format !== null && (format === 'json') !== isJson) return null
  return isJson ? parseJsonLine(line) : parseCommonLine(line)
}

function parseJsonLine(line: string): LoggedRequest | null {
  const fields = parseObject(line)
  if (fields === null) return null
  const hostname = textOf(fields.RequestHost)
  const router = textOf(fields.RouterName)
  const at = writtenAt(fields)
  if (at === null || (hostname === null && router === null)) return null
  return {
    hostname,
    router,
    at,
    userAgent: textOf(fields['request_User-Agent']),
    path: textOf(fields.RequestPath),
    address: textOf(fields.ClientHost),
  }
}

function parseObject(line: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(line)
    return isRecord(value) ? value : null
  } catch {
    return null
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' && value !== '-' ? value : null
}

const nanosPerMilli = 1e6

function writtenAt({ StartUTC: start, Duration: nanos, time }: Readonly<Record<string, unknown>>): number | null {
  const startedAt = typeof start === 'string' ? Date.parse(start) : Number.NaN
  const lasted = typeof nanos === 'number' && nanos >= 0 ? nanos / nanosPerMilli : 0
  const at = Number.isNaN(startedAt) && typeof time === 'string' ? Date.parse(time) : startedAt + lasted
  return isInstant(at) ? Math.floor(at) : null
}

/** Whether it is a time that a log may tell of: from 2000 to 9999. */
function isInstant(ms: number): boolean {
  return ms >= 946_684_800_000 && ms <= 253_402_300_799_999
}

/** From its start: address, user, time, request. */
const commonHead = /^(\S+) \S+ .*?\[([^[\]]{20,40})\] "(?:[^ "]+ ([^ "]*))?/
/** From its end, behind all that a visitor chooses: user agent, count, router, server, duration. */
const commonTail = /"([^"]*)" (?:\d+|-) (?:"([^"]*)"|-) (?:"[^"]*"|-) (\d+)ms\s*$/

function parseCommonLine(line: string): LoggedRequest | null {
  const head = commonHead.exec(line.slice(0, maxHead))
  const tail = commonTail.exec(line.slice(-maxTail))
  if (head === null || tail === null) return null
  const startedAt = parseCommonTime(head[2] ?? '')
  const router = textOf(tail[2])
  const at = startedAt === null ? Number.NaN : startedAt + Number(tail[3])
  if (!isInstant(at) || router === null) return null
  return {
    hostname: null,
    router,
    at,
    userAgent: textOf(tail[1]),
    path: textOf(head[3]),
    address: textOf(head[1]),
  }
}

/** So that no line makes the patterns look far. */
const maxHead = 10_000
const maxTail = 10_000

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** `10/Oct/2000:13:55:36 -0700` in milliseconds since 1970. */
function parseCommonTime(text: string): number | null {
  const [, day, month = '', year, time, zone] =
    /^(\d\d)\/([A-Z][a-z]{2})\/(\d{4}):(\d\d:\d\d:\d\d) ([+-]\d{4})$/.exec(text) ?? []
  const number = months.indexOf(month) + 1
  if (number === 0 || zone === undefined) return null
  const ms = Date.parse(`${year}-${String(number).padStart(2, '0')}-${day}T${time}${zone.slice(0, 3)}:${zone.slice(3)}`)
  return Number.isNaN(ms) ? null : ms
}
