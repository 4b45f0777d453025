import type { ISql } from 'postgres'

/** The entries (ARCHITECTURE.md), as written to events and runs. The agent comes later; the sample has runs of one. */
export const entries = ['desktop', 'console', 'agent', 'cli'] as const
export type Entry = (typeof entries)[number]

/** From where something was done; who did it is the database's `session_user`. */
export interface Origin {
  readonly entry: Entry
  readonly machine: string
  readonly version: string
  /** The bulk act that it is a part of; events keep it. */
  readonly bulkId?: string
}

/**
 * INFO: a transition or reactivation that succeeded. WARNING: a reactivation that was refused. ERROR: an operation that
 * failed. Fields are data, never secrets.
 */
export interface Log {
  info(fields: Readonly<Record<string, unknown>>, message: string): void
  warn(fields: Readonly<Record<string, unknown>>, message: string): void
  error(fields: Readonly<Record<string, unknown>>, message: string): void
}

/** A pool or a transaction whose sessions run in UTC and whose times arrive as `Instant` (main/database/connect.ts). */
export type Database = ISql

/** What every flow gets: the database, where it speaks, and in whose name. */
export interface Context {
  readonly sql: Database
  readonly log: Log
  readonly origin: Origin
}
