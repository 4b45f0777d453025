/**
 * Pruning: what has been kept long enough goes.
 *
 * Trigger: a tick, once a day.
 * Guarantees: each batch and each partition is one transaction, and what is left is found by the next run; nothing is
 * removed that a rule, a hold or an open mail still needs.
 * Locks: the pruned rows; a partition that is dropped takes its table's lock for a moment. If that is not to be had, the
 * partition waits for the next run.
 */
import type { Context } from '../context.ts'
import { databaseErrorOf } from '../database-error.ts'

export interface PruneOptions {
  /** Aborted: it ends between two batches. */
  readonly signal: AbortSignal
  /** Rows of a kind per transaction. */
  readonly batchSize?: number
}

const rowKinds = [
  'mailBodies',
  'previewProjects',
  'agents',
  'trafficDays',
  'excludedDays',
  'intakeHours',
  'watchSpans',
  'lastHits',
  'notes',
] as const

/** How many rows of each kind went. */
type PrunedRows = Readonly<Record<(typeof rowKinds)[number], number>>

export interface Pruned extends PrunedRows {
  /** Names of the partitions that were dropped. */
  readonly partitions: readonly string[]
}

const defaultBatchSize = 2_000

/** Prunes until nothing is left to prune. Errors: those of the database. */
export async function prune(context: Pick<Context, 'sql' | 'log'>, options: PruneOptions): Promise<Pruned> {
  const { signal, batchSize = defaultBatchSize } = options
  const rows = {
    mailBodies: 0,
    previewProjects: 0,
    agents: 0,
    trafficDays: 0,
    excludedDays: 0,
    intakeHours: 0,
    watchSpans: 0,
    lastHits: 0,
    notes: 0,
  }
  while (!signal.aborted) {
    const batch = await pruneRows(context, batchSize)
    for (const kind of rowKinds) rows[kind] += batch[kind]
    if (Object.values(batch).every((count) => count < batchSize)) break
  }
  const pruned: Pruned = { ...rows, partitions: await prunePartitions(context, signal) }
  context.log.info({ ...pruned }, 'What was kept long enough was pruned.')
  return pruned
}

async function pruneRows({ sql }: Pick<Context, 'sql'>, batchSize: number): Promise<PrunedRows> {
  const [row] = await sql<{ pruned: PrunedRows }[]>`select vigie.prune_rows(${batchSize}) as pruned`
  if (row === undefined) throw new Error('vigie.prune_rows returned nothing')
  return row.pruned
}

async function prunePartitions({ sql, log }: Pick<Context, 'sql' | 'log'>, signal: AbortSignal): Promise<string[]> {
  const dropped: string[] = []
  while (!signal.aborted) {
    try {
      const [row] = await sql<{ name: string | null }[]>`select vigie.prune_partition() as name`
      if (row === undefined || row.name === null) break
      dropped.push(row.name)
    } catch (error) {
      const { code } = databaseErrorOf(error)
      if (code !== 'DATABASE_BUSY') throw error
      log.warn({ code }, 'An old month is in use and stays for another day.')
      break
    }
  }
  return dropped
}
