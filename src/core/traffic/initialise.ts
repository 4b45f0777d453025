import type { Database } from '../context.ts'

export type InitialTrafficSource = 'updated-at' | 'now'

const defaultBatchSize = 10_000

/**
 * Sets `last_traffic_at` where it is null, in batches of one transaction each, so that a large table is never locked for
 * long. Returns the number of projects. Can be ended and started again at any time.
 */
export async function initialiseTraffic(
  sql: Database,
  options: { source: InitialTrafficSource; batchSize?: number; signal?: AbortSignal },
): Promise<number> {
  const batchSize = options.batchSize ?? defaultBatchSize
  let initialised = 0
  while (!options.signal?.aborted) {
    const [batch] = await sql<{ moved: number }[]>`
      select vigie.init_traffic(${options.source}, ${batchSize}) as moved`
    if (batch === undefined || batch.moved === 0) break
    initialised += batch.moved
  }
  return initialised
}
