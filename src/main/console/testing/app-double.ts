import { EventEmitter, on } from 'node:events'
import postgres from 'postgres'
import type { Change } from '../../../core/change.ts'
import type { Context } from '../../../core/context.ts'
import { VigieError } from '../../../core/errors.ts'
import { createBulkActs } from '../../bulk-acts.ts'
import { createExports } from '../../exports.ts'
import type { DatabaseFacts, RpcApp } from '../../rpc/trpc.ts'

const facts: DatabaseFacts = {
  serverVersion: '18.4',
  login: 'operator',
  isReadOnly: false,
  isSearchFast: true,
  isSample: true,
}

/** An application without a database, and what reached it. */
export interface AppDouble {
  readonly app: RpcApp
  readonly errors: readonly string[]
  readonly countStartedSweeps: () => number
  /** `change` and `error` go to the open subscriptions, `ended` tells of each that is over. */
  readonly feed: EventEmitter<{ change: [Change]; error: [Error]; ended: [] }>
}

export function createAppDouble(isDatabaseThere: boolean): AppDouble {
  const errors: string[] = []
  const feed: AppDouble['feed'] = new EventEmitter()
  let startedSweeps = 0
  const withSession = () => Promise.reject(new Error('there is no database'))
  const bare: Context = {
    // Never connects, since nothing here asks it anything.
    sql: postgres('postgres://nobody@127.0.0.1:1/none'),
    log: { info() {}, warn() {}, error: (_fields, message) => errors.push(message) },
    origin: { entry: 'console', machine: 'test', version: '0.0.0' },
  }
  const app: RpcApp = {
    ...bare,
    databaseTarget: { kind: 'embedded', label: 'test' },
    deployDomain: null,
    async checkDatabase() {
      if (isDatabaseThere) return facts
      throw new VigieError('DATABASE_UNREACHABLE', 'The database does not answer.')
    },
    sweeps: {
      revert() {
        throw new Error('nothing can be reverted here')
      },
      async start() {
        startedSweeps += 1
        return 7
      },
      async release() {
        return 8
      },
    },
    bulk: createBulkActs({ ...bare, withSession, nowMs: () => 0 }),
    exports: createExports({ withSession, bulk: { results: () => ({ results: [], next: null }) } }),
    chooseFile: null,
    mailer: {
      platformUrl: null,
      sender: { name: 'Vigie', address: 'vigie@vigie.invalid' },
      target: { kind: 'capture', label: 'test' },
    },
    readOutlook: () => Promise.reject(new Error('there is no database')),
    unattended: null,
    withSession,
    async *watchChanges(signal) {
      const changes = on(feed, 'change', { signal })
      try {
        yield { kind: 'connected' }
        for await (const [change] of changes) yield change
      } finally {
        feed.emit('ended')
      }
    },
  }
  return { app, errors, countStartedSweeps: () => startedSweeps, feed }
}
