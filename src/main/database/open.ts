import os from 'node:os'
import { changePolicy } from '../../core/change-policy.ts'
import type { Context, Log, Origin } from '../../core/context.ts'
import type { Config, DatabaseAddress } from '../config.ts'
import type { DatabaseTarget } from '../rpc/trpc.ts'
import { openPool } from './connect.ts'
import { defaultDataDir, type EmbeddedDatabase, openEmbeddedDatabase } from './embedded/embedded.ts'
import { migrate } from './migrate.ts'
import { defaultSampleProjects, fillSample } from './sample.ts'

/** What is done to the embedded database when it is opened; `sample` also fills a new one. */
export type Preparation = 'none' | 'migrate' | 'sample'

export interface OpenedDatabase {
  readonly address: DatabaseAddress
  readonly target: DatabaseTarget
  readonly close: () => Promise<void>
}

export interface OpenOptions {
  readonly config: Config
  readonly env: Readonly<Record<string, string | undefined>>
  readonly origin: Origin
  readonly log: Log
  readonly preparation: Preparation
  readonly onDatabaseEnded?: () => void
}

/** Finds the database: the configured one, which is not touched, or the embedded one, which is started and prepared. */
export async function openDatabase(options: OpenOptions): Promise<OpenedDatabase> {
  const { config } = options
  if (config.database !== null) {
    const { host, port, database } = config.database
    return {
      address: config.database,
      target: { kind: 'external', label: host.startsWith('/') ? database : `${database} @ ${host}:${port}` },
      close: () => Promise.resolve(),
    }
  }
  return openEmbedded(options)
}

/** The folder of the embedded database; null: another one is configured. */
export function embeddedFolder({ config, env }: Pick<OpenOptions, 'config' | 'env'>): string | null {
  return config.database === null ? defaultDataDir(env, process.platform, os.homedir(), process.getuid?.() === 0) : null
}

async function openEmbedded(options: OpenOptions): Promise<OpenedDatabase> {
  const dataDir = defaultDataDir(options.env, process.platform, os.homedir(), process.getuid?.() === 0)
  let current = await openEmbeddedDatabase({ dataDir })
  const address = addressOf(current)
  if (options.preparation !== 'none') {
    try {
      await prepareEmbedded(address, options)
    } catch (error) {
      await current.stop()
      throw error
    }
  }
  let isClosing = false

  /** When the owner ends, a console takes over; a command line ends with a sentence. */
  const watch = (database: EmbeddedDatabase): void => {
    database.ended
      .then(async () => {
        if (isClosing) return
        if (options.onDatabaseEnded !== undefined) return options.onDatabaseEnded()
        current = await openEmbeddedDatabase({ dataDir })
        options.log.info({ isOwner: current.isOwner }, 'The embedded database was started again.')
        watch(current)
      })
      .catch((err: unknown) => options.log.error({ err }, 'The embedded database could not be started again.'))
  }
  watch(current)
  return {
    address,
    target: { kind: 'embedded', label: 'Embedded database' },
    close: async () => {
      isClosing = true
      await current.stop()
    },
  }
}

async function prepareEmbedded(address: DatabaseAddress, options: OpenOptions): Promise<void> {
  const pool = openPool({ address, origin: options.origin, maxConnections: 2, statementTimeoutMs: 0 })
  try {
    const { level } = await migrate(pool, { log: options.log, wantsSample: options.preparation === 'sample' })
    if (level === 'empty') await switchSweepsOn({ sql: pool, log: options.log, origin: options.origin })
    if (options.preparation === 'sample')
      await fillSample(pool, { projects: defaultSampleProjects, onlyIfWanted: true })
  } finally {
    await pool.end({ timeout: 2 })
  }
}

/** Nobody's projects are in it: here unattended sweeps may work from the first night on. */
async function switchSweepsOn(context: Context): Promise<void> {
  await changePolicy(context, {
    changes: { sweepMode: 'on', isWatchRequired: false },
    reason: 'A new embedded database.',
  })
}

function addressOf(embedded: EmbeddedDatabase): DatabaseAddress {
  return { ...embedded.connection, password: embedded.connection.password, sslMode: 'disable' }
}
