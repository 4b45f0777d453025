import os from 'node:os'
import postgres, { type Sql } from 'postgres'
import type { Database, Origin } from '../../core/context.ts'
import type { Instant } from '../../core/instant.ts'
import type { DatabaseAddress, DatabaseServer } from '../config.ts'
import { askIsWritable, createFailoverSockets } from './failover.ts'

/** A pool of sessions as Vigie wants them. */
export type Pool = Sql<{ instant: Instant; integer64: number }>

export interface PoolOptions {
  readonly address: DatabaseAddress
  readonly origin: Origin
  readonly maxConnections: number
  /** Of several servers only one that may be written to will do. */
  readonly mustWrite?: boolean
  readonly connectTimeoutMs?: number
  /** 0: none, for migrations. */
  readonly statementTimeoutMs?: number
  readonly onNotice?: (message: string) => void
  /** Called when a connection is lost or let go. */
  readonly onClose?: () => void
}

/** How each pool was opened, for the sessions that are opened beside it. */
const optionsOf = new WeakMap<Pool, PoolOptions>()

/** A desktop holds at most three connections: two for statements, one that listens. */
export const consoleConnections = 2

/**
 * Opens a pool; it connects at the first statement and again after every loss. Sessions run in UTC, name themselves, and
 * wait for nothing for long.
 */
export function openPool(options: PoolOptions): Pool {
  const { address, origin } = options
  const isSocket = address.host.startsWith('/')
  const settings = {
    user: address.user,
    password: address.password ?? '',
    database: address.database,
    ssl: isSocket || address.sslMode === 'disable' ? false : address.sslMode,
    max: options.maxConnections,
    connect_timeout: (options.connectTimeoutMs ?? 10_000) / 1000,
    // Seconds to wait before the next attempt; the driver's own grows to 20 s, too long for somebody who looks on.
    backoff: (attempt: number) => Math.min(0.05 * 2 ** attempt, 2),
    connection: {
      application_name: `vigie ${origin.entry} ${origin.version} ${origin.machine}`.slice(0, 63),
      TimeZone: 'UTC',
      DateStyle: 'ISO',
      search_path: 'public',
      lock_timeout: 2_000,
      statement_timeout: options.statementTimeoutMs ?? 30_000,
      idle_in_transaction_session_timeout: 10_000,
      // The counts of a preview hash all teams; PostgreSQL's own 4 MB would send that to disk.
      work_mem: '32MB',
      // A generic plan of vigie.due would keep both stages and lose its indexes.
      plan_cache_mode: 'force_custom_plan',
    },
    types: { instant, integer64 },
    onnotice: (notice: postgres.Notice) => options.onNotice?.(String(notice.message ?? '')),
    onclose: () => options.onClose?.(),
  }
  const pool: Pool = postgres({
    ...settings,
    ...placeOf(address),
    ...failoverOf(options, (server, timeoutSeconds) =>
      postgres({
        ...settings,
        ...placeOf(server),
        max: 1,
        fetch_types: false,
        connect_timeout: timeoutSeconds,
        onclose: () => {},
      }),
    ),
  })
  optionsOf.set(pool, options)
  return pool
}

/** For several servers, sockets to the writable one; for one, nothing. */
function failoverOf(
  { address, mustWrite, connectTimeoutMs = 10_000 }: PoolOptions,
  openProbe: (server: DatabaseServer, timeoutSeconds: number) => Sql,
) {
  const { host, port, alternatives = [] } = address
  if (alternatives.length === 0) return {}
  const timeoutMs = connectTimeoutMs / 2
  return {
    socket: createFailoverSockets([{ host, port }, ...alternatives], {
      mustWrite: mustWrite === true || address.mustWrite === true,
      askIsWritable: (server) => askIsWritable(openProbe(server, timeoutMs / 1000)),
      connectTimeoutMs: timeoutMs,
    }),
  }
}

function placeOf({ host, port }: DatabaseServer) {
  return host.startsWith('/') ? { host, port, path: `${host}/.s.PGSQL.${port}` } : { host, port }
}

/**
 * Runs something on one connection of its own, with the pool's settings, that is never replaced: once it is lost, every
 * further statement fails with CONNECTION_ENDED, so that nothing goes on outside its transaction or without its lock.
 * The driver's own `begin` and `reserve` bring the process down when their connection is lost (porsager/postgres#1208).
 */
export async function withSession<T>(pool: Pool, work: (session: Database) => Promise<T>): Promise<T> {
  const options = optionsOf.get(pool)
  if (options === undefined) throw new Error('the pool was not opened by openPool')
  const session = openPool({ ...options, maxConnections: 1, onClose: () => void session.end({ timeout: 0 }) })
  try {
    return await work(session)
  } finally {
    await session.end({ timeout: 2 })
  }
}

/**
 * Replaces the pool's sessions that are read-only where a new one is not: PostgreSQL reads that default of the database or
 * the login when a session begins, so that it stays so after it was lifted. They are ended from outside while they rest:
 * a session that ends in the middle of a statement leaves the driver with what it had of the answer.
 */
export async function renewReadOnlySessions(pool: Pool): Promise<void> {
  // At once, so that the driver spreads them over all of its connections.
  const asked = await Promise.all(
    Array.from(
      { length: optionsOf.get(pool)?.maxConnections ?? 1 },
      () => pool<{ pid: number; start: Instant }[]>`
        select a.pid, a.backend_start as start from pg_stat_activity a
        where a.pid = pg_backend_pid() and current_setting('transaction_read_only') = 'on'`,
    ),
  )
  const stale = asked.flat()
  if (stale.length === 0) return
  await withSession(
    pool,
    (session) => session`
      select pg_terminate_backend(a.pid, 2000)
      from pg_stat_activity a
      join unnest(${stale.map(({ pid }) => pid)}::integer[], ${stale.map(({ start }) => start)}::timestamptz[]) as s (pid, start)
        on s.pid = a.pid and s.start = a.backend_start
      where a.state = 'idle' and current_setting('transaction_read_only') = 'off'`,
  )
}

/**
 * `timestamp` holds UTC on this platform and `timestamptz` is sent in the session's zone, which is UTC: both become an
 * Instant with all their digits. The driver's own parser would read the first as local time and lose microseconds.
 */
const instant = { to: 1184, from: [1114, 1184], serialize: (value: Instant) => value, parse: parseTimestamp }

/** Counts and ids of Vigie's own; none comes near 2^53. */
const integer64 = { to: 20, from: [20], serialize: (value: number) => String(value), parse: Number }

/** `2026-03-01 12:00:00.5+00` → `2026-03-01T12:00:00.500Z`. `infinity` stays as it is. */
export function parseTimestamp(text: string): Instant {
  const match = /^(\d{4,6}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?(?:\+00)?$/.exec(text)
  if (match === null) return text
  const [, day, time, digits = ''] = match
  const fraction = digits.length > 3 ? digits.padEnd(6, '0') : digits.padEnd(3, '0')
  return `${day}T${time}.${fraction}Z`
}

/** This machine's name for events and session names, in ASCII as the protocol wants it. */
export function machineName(): string {
  return os
    .hostname()
    .replace(/[^\x20-\x7e]/g, '?')
    .slice(0, 63)
}
