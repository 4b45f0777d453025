import type { MaybeRow, PendingQuery } from 'postgres'
import { VigieError } from './errors.ts'

/**
 * The rows of a statement that is not worth finishing once nobody waits for it: when the signal is aborted, the database
 * is asked to end it. Errors: CANCELLED then; those of the database.
 */
export async function untilAborted<Rows extends readonly MaybeRow[]>(
  query: PendingQuery<Rows>,
  signal: AbortSignal,
): Promise<Rows> {
  const cancel = () => query.cancel()
  if (signal.aborted) throw cancelled()
  signal.addEventListener('abort', cancel)
  try {
    return await query
  } catch (error) {
    if (signal.aborted) throw cancelled()
    throw error
  } finally {
    signal.removeEventListener('abort', cancel)
  }
}

function cancelled(): VigieError {
  return new VigieError('CANCELLED', 'Nobody waits for this answer any more.')
}
