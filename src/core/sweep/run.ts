/**
 * The sweep: one pass of both stages over all that is due.
 *
 * Triggers: a person (`runSweep`), a person who releases a hold (`runReleasedHold`), a tick (./run-tick.ts).
 * Guarantees: brakes are looked at before anything is written, and stop the sweep as a hold; what a batch guarantees is
 * told in ./carry-out.ts. A lost connection ends the run as failed: what was committed is done, the rest is due still.
 * A tick's run stays open then, and goes on when somebody takes it over, which may be the same process.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Context, Database } from '../context.ts'
import { databaseErrorOf, isPassingError } from '../database-error.ts'
import { requireSweepGoesOn } from '../pauses.ts'
import { type Run, type RunOutcome, readRun } from '../queries/runs.ts'
import type { FlushWait } from '../watch/ask-flush.ts'
import {
  type CarryOutOptions,
  type ClaimedRun,
  carryOut,
  outcomeOf,
  type Progress,
  startProgress,
} from './carry-out.ts'
import { closeHold, type Hold, holdRun, readHold } from './holds.ts'
import { lookAtBrakes } from './look-at-brakes.ts'

export interface SweepOptions {
  /** Aborted: the sweep ends between two batches, as cancelled. */
  readonly signal: AbortSignal
  /** Projects per transaction. */
  readonly batchSize: number
  /** A new uuid, by which the database knows who has the run. */
  readonly runner: string
  /** Why the brakes are overridden; null: they are heeded. */
  readonly overrideReason: string | null
  /** Done when the run is on record, before the brakes look. */
  readonly prepare?: () => Promise<unknown>
  /** Called with the run's id as soon as there is one. */
  readonly onStart?: (runId: number) => void
  /** How often the end of a run is written again when the connection was lost, and how long to wait between. */
  readonly endRetries?: EndRetries
  /** How long intakes are waited for that were asked to flush. */
  readonly flushWait?: FlushWait
}

interface EndRetries {
  readonly times: number
  readonly delayMs: number
}

const defaultEndRetries: EndRetries = { times: 10, delayMs: 500 }

export const defaultBatchSize = 2_000

/** How a sweep ended: its run, and the hold when a brake stopped it. */
export interface SweepResult {
  readonly run: Run
  readonly hold: Hold | null
}

/**
 * Runs a sweep that a person starts, to its end or until a brake stops it.
 * Errors: SWEEP_PAUSED; CLAIM_LOST; those of the database, after the run was closed as failed.
 */
export async function runSweep(context: Context, options: SweepOptions): Promise<SweepResult> {
  const { sql, origin } = context
  const { runner, overrideReason } = options
  await requireSweepGoesOn(sql)
  const [opened] = await sql<{ runId: number }[]>`
    select vigie.start_run('sweep', ${sql.json({ ...origin })}, ${runner}, ${overrideReason}) as "runId"`
  if (opened === undefined) throw new Error('start_run returned nothing')
  options.onStart?.(opened.runId)
  const run: ClaimedRun = { runId: opened.runId, runner }
  return await runToItsEnd(context, run, options, async (progress) => {
    await options.prepare?.()
    if (overrideReason === null) {
      const brakes = await lookAtBrakes(sql, { ...options, teams: null, isUnattended: false })
      if (brakes.length > 0) return await holdRun(context, run, brakes, null)
    }
    await sql`select vigie.supersede_hold()`
    await carryOut(context, run, { ...options, listOfRunId: null }, progress)
    return null
  })
}

/** Does what a hold kept back, exactly its list. Errors: those of `closeHold` and of `runSweep`. */
export async function runReleasedHold(
  context: Context,
  options: Omit<SweepOptions, 'overrideReason' | 'prepare'> & { readonly holdId: number; readonly reason: string },
): Promise<SweepResult> {
  const { holdId, reason, runner } = options
  const hold = await readHold(context.sql, holdId)
  const { runId } = await closeHold(context, { holdId, decision: 'released', reason, runner })
  if (runId === null) throw new Error('a released hold has a run')
  options.onStart?.(runId)
  return await runToItsEnd(context, { runId, runner }, options, async (progress) => {
    await carryOut(context, { runId, runner }, { ...options, listOfRunId: hold.runId }, progress)
    return null
  })
}

interface EndOptions extends Pick<CarryOutOptions, 'signal'> {
  readonly endRetries?: EndRetries
  /** It has a tick: somebody takes it over when it is left open. */
  readonly canBeTakenOver?: boolean
}

/**
 * Runs the work of a run and closes the run, whatever becomes of it; but leaves one open that can be taken over when what
 * stopped it passes by itself, or when this process ends. A hold closes it itself.
 */
export async function runToItsEnd(
  context: Context,
  run: ClaimedRun,
  options: EndOptions,
  work: (progress: Progress) => Promise<Hold | null>,
): Promise<SweepResult> {
  const { sql, log } = context
  const { runId } = run
  const progress = startProgress()
  try {
    const hold = await work(progress)
    if (hold !== null) return { run: await readRun(sql, runId), hold }
  } catch (error) {
    const { code, message } = databaseErrorOf(error)
    log.error({ runId, code }, `The sweep failed. ${message}`)
    const isLeftOpen = code === 'CLAIM_LOST' || (options.canBeTakenOver === true && isPassingError(error))
    if (!isLeftOpen) await finishLostRun(context, run, progress, { code, message }, options)
    throw error
  }
  if (progress.isGivenUp && options.canBeTakenOver === true) {
    await sql`select vigie.give_up_run(${runId}, ${run.runner})`
    log.info({ runId }, 'The sweep was given up, since this process ends: whoever looks next goes on with it.')
    return { run: await readRun(sql, runId), hold: null }
  }
  await finishRun(sql, run, outcomeOf(progress), progress, null)
  const ended = await readRun(sql, runId)
  const { outcome, deactivated, disabled, mailsQueued } = ended
  log.info({ runId, outcome, deactivated, disabled, mailsQueued }, 'The sweep ended.')
  return { run: ended, hold: null }
}

/** The database may be away for a while: the end is written when it is back, so that the run does not stay open. */
async function finishLostRun(
  context: Context,
  run: ClaimedRun,
  progress: Progress,
  error: { code: string; message: string },
  options: EndOptions,
): Promise<void> {
  const { times, delayMs } = options.endRetries ?? defaultEndRetries
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await finishRun(context.sql, run, 'failed', progress, error)
    } catch (notWritten) {
      const { code } = databaseErrorOf(notWritten)
      if (attempt >= times || options.signal.aborted) {
        context.log.error({ runId: run.runId, code }, 'The end of the run could not be written.')
        return
      }
      await sleep(delayMs, undefined, { signal: options.signal }).catch(() => undefined)
    }
  }
}

async function finishRun(
  sql: Database,
  run: ClaimedRun,
  outcome: RunOutcome,
  progress: Progress,
  error: { code: string; message: string } | null,
): Promise<void> {
  const report = {
    outcome,
    skipped: progress.skipped,
    failed: progress.failed,
    notTold: progress.notTold,
    failures: progress.failures.map((failure) => ({ ...failure })),
    error,
  }
  await sql`select vigie.finish_run(${run.runId}, ${run.runner}, ${sql.json(report)})`
}
