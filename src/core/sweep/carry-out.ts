/**
 * Carrying out a sweep: both stages over what is due, or over a list that was kept, batch by batch.
 *
 * Guarantees: each batch is one transaction in which projects, domains, events and mails change together or not at all;
 * the rule, and whether this runner still has the run, are checked again under the row locks
 * (migrations/functions/sweep-batch.sql), so that two sweeps at once do nothing twice. A batch that fails is split until
 * the bad row stands alone; it is reported, and the rest goes on.
 * Locks: the run, the projects of one batch and their active domains, skipping what others hold; tried once more at the end.
 */
import type { Context, Database } from '../context.ts'
import { databaseErrorOf, isHopelessError } from '../database-error.ts'
import { VigieError } from '../errors.ts'
import type { Instant } from '../instant.ts'
import { type Stage, stages } from '../policy.ts'
import type { RunFailure, RunOutcome } from '../queries/runs.ts'
import { inHalves } from './in-halves.ts'

/** A run, and the process that has it. */
export interface ClaimedRun {
  readonly runId: number
  /** A uuid of the process or of the act. */
  readonly runner: string
}

export interface CarryOutOptions {
  /** Aborted: the sweep ends between two batches, as cancelled. */
  readonly signal: AbortSignal
  /** Projects per transaction. */
  readonly batchSize: number
  /** The run whose kept list is carried out; null: whatever is due. */
  readonly listOfRunId: number | null
}

export interface Progress {
  moved: number
  skipped: number
  failed: number
  notTold: number
  /** The first hundred. */
  readonly failures: RunFailure[]
  isCancelled: boolean
  /** Cancelled because its process ends, not because somebody asked. */
  isGivenUp: boolean
}

export function startProgress(): Progress {
  return { moved: 0, skipped: 0, failed: 0, notTold: 0, failures: [], isCancelled: false, isGivenUp: false }
}

/**
 * Does both stages and keeps count in `progress`.
 * Errors: CLAIM_LOST when somebody else has taken the run over; those of the database.
 */
export async function carryOut(
  context: Context,
  run: ClaimedRun,
  options: CarryOutOptions,
  progress: Progress,
): Promise<void> {
  for (const stage of stages) await sweepStage(context, run, stage, options, progress)
}

export function outcomeOf(progress: Pick<Progress, 'isCancelled' | 'moved' | 'failed'>): RunOutcome {
  if (progress.isCancelled) return 'cancelled'
  if (progress.failed === 0) return 'done'
  return progress.moved > 0 ? 'partial' : 'failed'
}

async function sweepStage(
  context: Context,
  run: ClaimedRun,
  stage: Stage,
  options: CarryOutOptions,
  progress: Progress,
) {
  const busy: string[] = []
  let after: Page['last'] = null
  for (;;) {
    const page: Page = await readPage(context.sql, run, stage, after, options)
    // Whoever asks for the end during the last batch has got all of it: nothing was cancelled.
    if (page.last === null || isCancelled(options, progress)) break
    after = page.last
    for (const ids of batchesOf(page.ids, options.batchSize)) {
      busy.push(...(await sweepIds(context, run, stage, ids, options, progress)))
    }
  }
  for (const ids of batchesOf(busy, options.batchSize)) {
    progress.skipped += (await sweepIds(context, run, stage, ids, options, progress)).length
  }
}

/** What protects a project is read for all of a page at once; each batch is checked again under its locks. */
const batchesPerPage = 10

function batchesOf(ids: readonly string[], size: number): string[][] {
  const count = Math.ceil(ids.length / size)
  return Array.from({ length: count }, (_, index) => ids.slice(index * size, (index + 1) * size))
}

function isCancelled(options: CarryOutOptions, progress: Progress): boolean {
  if (options.signal.aborted && !progress.isCancelled) {
    progress.isCancelled = true
    progress.isGivenUp = true
  }
  return progress.isCancelled
}

interface Page {
  readonly ids: string[]
  readonly last: { readonly at: Instant | null; readonly id: string } | null
}

/** Of another run's list, those are left out of whom nobody was told; of its own, a batch looks again. */
async function readPage(
  sql: Database,
  { runId }: ClaimedRun,
  stage: Stage,
  after: Page['last'],
  { batchSize, listOfRunId }: CarryOutOptions,
): Promise<Page> {
  const limit = batchSize * batchesPerPage
  const rows =
    listOfRunId === null
      ? await sql<{ id: string; at: Instant | null }[]>`
          select d.project_id as id, d.sort_at as at
          from vigie.due(${stage}, ${after?.at ?? null}::text::timestamp, ${after?.id ?? null}, ${limit}) d`
      : await sql<{ id: string; at: Instant | null }[]>`
          select x.project_id as id, null as at
          from vigie.run_project x
          where x.run_id = ${listOfRunId} and x.stage = ${stage} and x.project_id > ${after?.id ?? ''}
            and (x.run_id = ${runId} or not x.is_not_told)
          order by x.project_id limit ${limit}`
  return { ids: rows.map((row) => row.id), last: rows.at(-1) ?? null }
}

interface Batch {
  readonly moved: number
  readonly notTold: number
  readonly busy: string[]
  readonly isCancelRequested: boolean
  readonly isPaused: boolean
}

/** One batch in one transaction; on a failure its halves. Returns the ids that somebody else held. */
async function sweepIds(
  context: Context,
  run: ClaimedRun,
  stage: Stage,
  ids: readonly string[],
  options: CarryOutOptions,
  progress: Progress,
): Promise<readonly string[]> {
  const { runId } = run
  try {
    return await inHalves(ids, {
      work: (batch) => sweepBatch(context, run, stage, batch, progress),
      onBad: (projectId, error) => {
        progress.failed += 1
        const failure = reportFailure(context, runId, stage, projectId, error)
        if (progress.failures.length < maxReportedFailures) progress.failures.push(failure)
      },
      isHopeless: (error) => isClaimLost(error) || isHopelessError(error),
      isCancelled: () => isCancelled(options, progress),
    })
  } catch (error) {
    throw isClaimLost(error) ? claimLost(runId, error) : error
  }
}

async function sweepBatch(
  { sql, log }: Context,
  { runId, runner }: ClaimedRun,
  stage: Stage,
  ids: readonly string[],
  progress: Progress,
): Promise<readonly string[]> {
  const [batch] = await sql<Batch[]>`
    select b.*
    from jsonb_to_record(vigie.sweep_batch(${runId}, ${runner}, ${stage}, ${ids as string[]}::varchar[]))
      as b (moved integer, "notTold" integer, busy text[], "isCancelRequested" boolean, "isPaused" boolean)`
  if (batch === undefined) throw new Error('sweep_batch returned nothing')
  progress.moved += batch.moved
  progress.notTold += batch.notTold
  progress.isCancelled ||= batch.isCancelRequested || batch.isPaused
  if (batch.moved > 0) log.info({ runId, stage, moved: batch.moved }, 'A batch of projects was put to sleep.')
  return batch.busy
}

/** What the functions raise when a run is closed or somebody else's. */
function isClaimLost(error: unknown): boolean {
  return databaseErrorOf(error).sqlstate === 'VG001'
}

function claimLost(runId: number, cause: unknown): VigieError {
  return new VigieError(
    'CLAIM_LOST',
    `Run ${runId} was taken over by another Vigie, which goes on with it.`,
    undefined,
    {
      cause,
    },
  )
}

function reportFailure(context: Context, runId: number, stage: Stage, projectId: string, error: unknown): RunFailure {
  const { sqlstate, message } = databaseErrorOf(error)
  context.log.error({ runId, stage, projectId, sqlstate }, 'A project could not be put to sleep; the rest goes on.')
  return { projectId, stage, sqlstate: sqlstate ?? '', message }
}

const maxReportedFailures = 100
