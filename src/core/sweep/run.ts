/**
 * The sweep: one pass of both stages over all that is due.
 *
 * Trigger: a person (console, command line); later a tick.
 * Guarantees: each batch is one transaction in which projects, domains, events and mails change together or not at all;
 * the rule is checked again under the row locks (migrations/functions/sweep-batch.sql), so that two sweeps at once do
 * nothing twice. A batch that fails is split until the bad row stands alone; it is reported, and the rest goes on.
 * A lost connection ends the run as failed: what was committed is done, the rest is due still.
 * Locks: the projects of one batch and their active domains, skipping what others hold; tried once more at the end.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Context, Database } from '../context.ts'
import { databaseErrorOf, isHopelessError } from '../database-error.ts'
import type { Instant } from '../instant.ts'
import { type Stage, stages } from '../policy.ts'
import { type Run, type RunFailure, type RunOutcome, readRun } from '../queries/runs.ts'

export interface SweepOptions {
  /** Aborted: the sweep ends between two batches, as cancelled. */
  readonly signal: AbortSignal
  /** Projects per transaction. */
  readonly batchSize: number
  /** Called with the run's id as soon as there is one. */
  readonly onStart?: (runId: number) => void
  /** How often the end of a run is written again when the connection was lost, and how long to wait between. */
  readonly endRetries?: { readonly times: number; readonly delayMs: number }
}

const defaultEndRetries = { times: 10, delayMs: 500 }

export const defaultBatchSize = 2_000

interface Progress {
  moved: number
  skipped: number
  failed: number
  /** The first hundred. */
  readonly failures: RunFailure[]
  isCancelled: boolean
}

/** Runs a sweep to its end and returns the finished run. Errors: those of the database while it opens the run. */
export async function runSweep(context: Context, options: SweepOptions): Promise<Run> {
  const { sql, log, origin } = context
  const [opened] = await sql<
    { runId: number }[]
  >`select vigie.start_run('sweep', ${sql.json({ ...origin })}) as "runId"`
  if (opened === undefined) throw new Error('start_run returned nothing')
  const { runId } = opened
  options.onStart?.(runId)

  const progress: Progress = { moved: 0, skipped: 0, failed: 0, failures: [], isCancelled: false }
  try {
    for (const stage of stages) await sweepStage(context, runId, stage, options, progress)
  } catch (error) {
    const { code, message } = databaseErrorOf(error)
    log.error({ runId, code }, `The sweep failed. ${message}`)
    await finishLostRun(context, runId, progress, { code, message }, options)
    throw error
  }
  await finishRun(sql, runId, outcomeOf(progress), progress, null)
  const run = await readRun(sql, runId)
  log.info(
    { runId, outcome: run.outcome, deactivated: run.deactivated, disabled: run.disabled, mailsQueued: run.mailsQueued },
    'The sweep ended.',
  )
  return run
}

async function sweepStage(context: Context, runId: number, stage: Stage, options: SweepOptions, progress: Progress) {
  const busy: string[] = []
  let after: DuePage['last'] = null
  while (!isCancelled(options, progress)) {
    const page: DuePage = await readDuePage(context.sql, stage, after, options.batchSize * batchesPerPage)
    if (page.last === null) break
    after = page.last
    for (const ids of batchesOf(page.ids, options.batchSize)) {
      busy.push(...(await sweepIds(context, runId, stage, ids, options, progress)))
    }
  }
  for (const ids of batchesOf(busy, options.batchSize)) {
    progress.skipped += (await sweepIds(context, runId, stage, ids, options, progress)).length
  }
}

/** What protects a project is read for all of a page at once; each batch is checked again under its locks. */
const batchesPerPage = 10

function batchesOf(ids: readonly string[], size: number): string[][] {
  const count = Math.ceil(ids.length / size)
  return Array.from({ length: count }, (_, index) => ids.slice(index * size, (index + 1) * size))
}

function isCancelled(options: SweepOptions, progress: Progress): boolean {
  progress.isCancelled ||= options.signal.aborted
  return progress.isCancelled
}

interface DuePage {
  readonly ids: string[]
  readonly last: { readonly at: Instant; readonly id: string } | null
}

async function readDuePage(sql: Database, stage: Stage, after: DuePage['last'], limit: number): Promise<DuePage> {
  const rows = await sql<{ id: string; at: Instant }[]>`
    select d.project_id as id, d.sort_at as at
    from vigie.due(${stage}, ${after?.at ?? null}::text::timestamp, ${after?.id ?? null}, ${limit}) d`
  return { ids: rows.map((row) => row.id), last: rows.at(-1) ?? null }
}

/** One batch in one transaction; on a failure its halves. Returns the ids that somebody else held. */
async function sweepIds(
  context: Context,
  runId: number,
  stage: Stage,
  ids: string[],
  options: SweepOptions,
  progress: Progress,
): Promise<string[]> {
  if (isCancelled(options, progress)) return []
  try {
    const [batch] = await context.sql<{ moved: number; busy: string[]; isCancelRequested: boolean }[]>`
      select b.*
      from jsonb_to_record(vigie.sweep_batch(${runId}, ${stage}, ${ids}::varchar[]))
        as b (moved integer, busy text[], "isCancelRequested" boolean)`
    if (batch === undefined) throw new Error('sweep_batch returned nothing')
    progress.moved += batch.moved
    progress.isCancelled ||= batch.isCancelRequested
    if (batch.moved > 0) context.log.info({ runId, stage, moved: batch.moved }, 'A batch of projects was put to sleep.')
    return batch.busy
  } catch (error) {
    if (isHopelessError(error)) throw error
    const [onlyId] = ids
    if (onlyId !== undefined && ids.length === 1) {
      progress.failed += 1
      const failure = reportFailure(context, runId, stage, onlyId, error)
      if (progress.failures.length < maxReportedFailures) progress.failures.push(failure)
      return []
    }
    const middle = Math.ceil(ids.length / 2)
    const first = await sweepIds(context, runId, stage, ids.slice(0, middle), options, progress)
    const second = await sweepIds(context, runId, stage, ids.slice(middle), options, progress)
    return [...first, ...second]
  }
}

function reportFailure(context: Context, runId: number, stage: Stage, projectId: string, error: unknown): RunFailure {
  const { sqlstate, message } = databaseErrorOf(error)
  context.log.error({ runId, stage, projectId, sqlstate }, 'A project could not be put to sleep; the rest goes on.')
  return { projectId, stage, sqlstate: sqlstate ?? '', message }
}

function outcomeOf(progress: Progress): RunOutcome {
  if (progress.isCancelled) return 'cancelled'
  if (progress.failed === 0) return 'done'
  return progress.moved > 0 ? 'partial' : 'failed'
}

const maxReportedFailures = 100

/** The database may be away for a while: the end is written when it is back, so that the run does not stay open. */
async function finishLostRun(
  context: Context,
  runId: number,
  progress: Progress,
  error: { code: string; message: string },
  options: SweepOptions,
): Promise<void> {
  const { times, delayMs } = options.endRetries ?? defaultEndRetries
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await finishRun(context.sql, runId, 'failed', progress, error)
    } catch (notWritten) {
      const { code } = databaseErrorOf(notWritten)
      if (attempt >= times || options.signal.aborted) {
        context.log.error({ runId, code }, 'The end of the run could not be written.')
        return
      }
      await sleep(delayMs, undefined, { signal: options.signal }).catch(() => undefined)
    }
  }
}

async function finishRun(
  sql: Database,
  runId: number,
  outcome: RunOutcome,
  progress: Progress,
  error: { code: string; message: string } | null,
): Promise<void> {
  const report = {
    outcome,
    skipped: progress.skipped,
    failed: progress.failed,
    failures: progress.failures.map((failure) => ({ ...failure })),
    error,
  }
  await sql`select vigie.finish_run(${runId}, ${sql.json(report)})`
}
