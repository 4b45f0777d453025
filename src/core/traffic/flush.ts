/**
 * Flushing: what an intake has buffered is counted, with its position, in one transaction.
 *
 * Trigger: the intake (every 10 seconds, a full buffer, `NOTIFY` of kind `flush`, its end).
 * Guarantees: a batch is counted once. One whose answer was not heard is sent again with the same position, by which the
 * database knows it (migrations/functions/flush-intake.sql); until then nothing else is taken from the buffer.
 * Locks: the intake's row; the rows of the projects that move.
 */
import type { Database } from '../context.ts'
import { databaseErrorOf } from '../database-error.ts'
import { VigieError } from '../errors.ts'
import type { HitBatch, HitBuffer } from './hit-buffer.ts'

/** An instant by this process's monotonic clock, or by the clock that wrote a log; in milliseconds. */
export type Moment = { readonly monotonicMs: number } | { readonly wallMs: number }

/** Up to where everything is in the buffer. */
export interface FlushPoint {
  /** To go on from, by whoever feeds the intake next; null: there is no such place. */
  readonly position: Readonly<Record<string, string | number | boolean | null>> | null
  /** Since when nothing was missed; null: since the last flush. */
  readonly from: Moment | null
  readonly until: Moment
}

export interface FlusherOptions {
  readonly sql: Database
  readonly buffer: HitBuffer
  readonly intakeId: number
  /** The process that enrolled the intake. */
  readonly feeder: string
  readonly makeFlushId: () => string
  readonly nowMs: () => number
}

export interface Flusher {
  /**
   * Counts all that is in the buffer when its turn comes; `readPoint` is asked then. Returns how many projects moved.
   * Errors: INTAKE_LOST; those of the database, after which what was not counted is kept for the next flush.
   */
  flush(readPoint: () => FlushPoint): Promise<number>
  /** Whether a batch waits whose outcome is not known. */
  readonly isUnsettled: boolean
}

interface Unsettled extends FlushPoint {
  readonly id: string
  readonly batch: HitBatch
}

/** Creates the one flusher of an intake; flushes take turns. */
export function createFlusher(options: FlusherOptions): Flusher {
  const { sql, buffer, intakeId, feeder, nowMs } = options
  let unsettled: Unsettled | undefined
  let turn: Promise<unknown> = Promise.resolve()

  const momentOf = (moment: Moment) =>
    'wallMs' in moment
      ? sql`to_timestamp(${moment.wallMs / 1000}::float8)`
      : sql`clock_timestamp() - make_interval(secs => ${Math.max(0, nowMs() - moment.monotonicMs) / 1000})`

  const send = async ({ id, batch, position, from, until }: Unsettled): Promise<number> => {
    const { garbage, unknown, counted, excluded, hours } = batch
    const place = sql.json({ ...position, flush: id })
    const counts = JSON.stringify({ counted, excluded, hours })
    const [row] = await sql<{ moved: number }[]>`
      select vigie.flush_intake(${intakeId}, ${feeder}, ${place}, ${from === null ? null : momentOf(from)},
        ${momentOf(until)}, ${garbage}, ${unknown}, ${counts}::text::jsonb) as moved`
    return row?.moved ?? 0
  }

  const settle = async (): Promise<number> => {
    if (unsettled === undefined) return 0
    try {
      const moved = await send(unsettled)
      unsettled = undefined
      return moved
    } catch (error) {
      if (databaseErrorOf(error).sqlstate === 'VG002') throw intakeLost(error)
      throw error
    }
  }

  const flush = async (readPoint: () => FlushPoint): Promise<number> => {
    const before = await settle()
    unsettled = { ...readPoint(), id: options.makeFlushId(), batch: buffer.take() }
    return before + (await settle())
  }

  return {
    flush(readPoint) {
      const next = turn.catch(() => undefined).then(() => flush(readPoint))
      turn = next
      return next
    },
    get isUnsettled() {
      return unsettled !== undefined
    },
  }
}

function intakeLost(cause: unknown): VigieError {
  return new VigieError(
    'INTAKE_LOST',
    'Another process feeds this intake now, or somebody has retired it. It goes on from what was counted.',
    undefined,
    { cause },
  )
}
