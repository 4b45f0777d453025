/**
 * The revert: gives the projects of a faulty sweep their former state, where nothing else happened to them since.
 *
 * Trigger: a person (console, command line).
 * Guarantees: each batch is one transaction in which projects, domains, events and mails change together or not at all;
 * whether something else happened is checked under the row locks (migrations/functions/revert-batch.sql). What was taken
 * back stays so: a second revert of the same run is refused when nothing of it is left. A batch that fails is split until the bad row stands alone.
 * Locks: the projects of one batch and their disabled domains, skipping what others hold; tried once more at the end.
 */
import type { Context, Database } from '../context.ts'
import { databaseErrorOf, isHopelessError } from '../database-error.ts'
import { type ErrorCode, VigieError } from '../errors.ts'
import type { Stage } from '../policy.ts'
import { type LeftAlone, type Run, type RunFailure, type RunOutcome, readRun } from '../queries/runs.ts'
import { checkReasonLength } from '../reason.ts'
import { outcomeOf } from './carry-out.ts'
import { inHalves } from './in-halves.ts'

export interface RevertRequest {
  /** The sweep to take back. */
  readonly runId: number
  readonly reason: string
}

export interface RevertOptions {
  /** Aborted: the revert ends between two batches, as cancelled. */
  readonly signal: AbortSignal
  /** Projects per transaction. */
  readonly batchSize?: number
  /** Called with the id of the revert's own run as soon as there is one. */
  readonly onStart?: (runId: number) => void
}

const defaultBatchSize = 500

type Why = 'not_a_sweep' | 'preview' | 'held' | 'running' | 'too_old' | 'changed_nothing' | 'nothing_left'

interface Refusal {
  readonly refusal: keyof typeof refusals
  readonly why?: Why
  readonly days?: number
}

type Opening = { readonly runId: number } | Refusal

/** What taking a sweep back would do now, in projects. */
export interface RevertCheck {
  /** Why it can't be taken back; null: it can. */
  readonly refusal: { readonly code: 'RUN_NOT_REVERTIBLE'; readonly why: Why; readonly message: string } | null
  /** They would be active again. */
  readonly active: number
  /** They would be inactive again. */
  readonly inactive: number
  readonly leftAlone: LeftAlone
}

const notRevertible: Record<Why, (days: number) => string> = {
  not_a_sweep: () => 'This run was no sweep. Only sweeps can be taken back.',
  preview: () => 'This run was a preview and changed nothing. There is nothing to take back.',
  held: () => 'This sweep was held and changed nothing. There is nothing to take back.',
  running: () => 'This sweep is still running. Cancel it or wait for its end, then take it back.',
  too_old: (days) => `This sweep ended more than ${days} days ago. It can’t be taken back any more.`,
  changed_nothing: () => 'This sweep changed nothing. There is nothing to take back.',
  nothing_left: () =>
    'Nothing of this sweep is left to take back: its projects were given back before, or something else happened to them.',
}

const refusals = {
  RUN_NOT_FOUND: () => 'There is no such run. See the history for those there are.',
  REASON_REQUIRED: () => 'Taking a sweep back needs a reason. Say in a few words why.',
  RUN_NOT_REVERTIBLE: ({ why, days }) => notRevertible[why ?? 'not_a_sweep'](days ?? 0),
} as const satisfies Partial<Record<ErrorCode, (answer: { why?: Why; days?: number }) => string>>

/** Counts what taking a sweep back would do now; reads only. Errors: RUN_NOT_FOUND. */
export async function checkRevert(sql: Database, runId: number): Promise<RevertCheck> {
  const [row] = await sql<{ check: Partial<Refusal> & Pick<RevertCheck, 'active' | 'inactive' | 'leftAlone'> }[]>`
    select vigie.check_revert(${runId}) as check`
  if (row === undefined) throw new Error('check_revert returned nothing')
  const { refusal, why = 'not_a_sweep', days = 0, active, inactive, leftAlone } = row.check
  if (refusal === undefined) return { refusal: null, active, inactive, leftAlone }
  if (refusal !== 'RUN_NOT_REVERTIBLE') throw new VigieError('RUN_NOT_FOUND', refusals.RUN_NOT_FOUND())
  return { refusal: { code: refusal, why, message: notRevertible[why](days) }, active, inactive, leftAlone }
}

interface Progress {
  moved: number
  skipped: number
  failed: number
  /** The first hundred. */
  readonly failures: RunFailure[]
  isCancelled: boolean
}

/**
 * Takes a sweep back and returns the finished run of the revert: `deactivated` are the projects that are active again,
 * `disabled` those that are inactive again, `leftAlone` the others. Errors: RUN_NOT_FOUND, REASON_REQUIRED,
 * REASON_TOO_LONG, RUN_NOT_REVERTIBLE with `why`; those of the database.
 */
export async function revertSweep(context: Context, request: RevertRequest, options: RevertOptions): Promise<Run> {
  const { sql, log } = context
  const runId = await openRevert(context, request)
  options.onStart?.(runId)
  const progress: Progress = { moved: 0, skipped: 0, failed: 0, failures: [], isCancelled: false }
  try {
    await revertDeeds(context, runId, request.runId, options, progress)
  } catch (error) {
    const { code, message } = databaseErrorOf(error)
    log.error({ runId, code }, `The sweep could not be taken back. ${message}`)
    // The database may be away; the next run closes this one then.
    await finishRun(sql, runId, 'failed', progress, { code, message }).catch(() => undefined)
    throw error
  }
  await finishRun(sql, runId, outcomeOf(progress), progress, null)
  const run = await readRun(sql, runId)
  const { outcome, deactivated, disabled, leftAlone } = run
  log.info(
    { runId, revertedRunId: request.runId, outcome, deactivated, disabled, leftAlone },
    'A sweep was taken back.',
  )
  return run
}

async function openRevert({ sql, log, origin }: Context, request: RevertRequest): Promise<number> {
  const reason = checkReasonLength(request.reason)
  const [row] = await sql<{ answer: Opening }[]>`
    select vigie.start_revert(${request.runId}, ${reason}, ${sql.json({ ...origin })}) as answer`
  if (row === undefined) throw new Error('start_revert returned nothing')
  const { answer } = row
  if ('runId' in answer) return answer.runId
  const { refusal, why } = answer
  log.warn({ revertedRunId: request.runId, code: refusal, why }, 'Taking a sweep back was refused.')
  throw new VigieError(refusal, refusals[refusal](answer), why === undefined ? undefined : { why })
}

/** What the sweep did to one project. */
interface Deed {
  readonly eventId: number
  readonly projectId: string
  readonly stage: Stage
}

async function revertDeeds(
  context: Context,
  runId: number,
  revertedRunId: number,
  options: RevertOptions,
  progress: Progress,
): Promise<void> {
  const { batchSize = defaultBatchSize } = options
  const revert = (deeds: readonly Deed[]) => revertBatch(context, runId, deeds, options, progress)
  const busy: Deed[] = []
  let afterEventId = 0
  for (;;) {
    const deeds = await readDeeds(context.sql, revertedRunId, afterEventId, batchSize)
    const last = deeds.at(-1)
    // Whoever asks for the end during the last batch has got all of it: nothing was cancelled.
    if (last === undefined || isCancelled(options, progress)) break
    afterEventId = last.eventId
    busy.push(...(await revert(deeds)))
  }
  for (let at = 0; at < busy.length; at += batchSize) {
    progress.skipped += (await revert(busy.slice(at, at + batchSize))).length
  }
}

function readDeeds(sql: Database, revertedRunId: number, afterEventId: number, limit: number): Promise<Deed[]> {
  return sql<Deed[]>`
    select e.id as "eventId", e.project_id as "projectId",
      case when e.kind = 'deactivated' then 'deactivate' else 'disable' end as stage
    from vigie.event e
    where e.run_id = ${revertedRunId} and e.kind in ('deactivated', 'permanently_disabled') and e.id > ${afterEventId}
    order by e.id
    limit ${limit}`
}

/** One batch in one transaction; on a failure its halves. Returns what somebody else held. */
function revertBatch(
  { sql, log }: Context,
  runId: number,
  deeds: readonly Deed[],
  options: RevertOptions,
  progress: Progress,
): Promise<readonly Deed[]> {
  return inHalves(deeds, {
    isHopeless: isHopelessError,
    isCancelled: () => isCancelled(options, progress),
    async work(part) {
      const eventIds = part.map((deed) => deed.eventId)
      const [row] = await sql<{ batch: { moved: number; busy: readonly number[]; isCancelRequested: boolean } }[]>`
        select vigie.revert_batch(${runId}, ${eventIds}::bigint[]) as batch`
      if (row === undefined) throw new Error('revert_batch returned nothing')
      const { moved, busy, isCancelRequested } = row.batch
      progress.moved += moved
      progress.isCancelled ||= isCancelRequested
      return part.filter((deed) => busy.includes(deed.eventId))
    },
    onBad({ projectId, stage }, error) {
      const { sqlstate, message } = databaseErrorOf(error)
      log.error({ runId, projectId, sqlstate }, 'A project could not be given back its state; the rest goes on.')
      progress.failed += 1
      if (progress.failures.length < maxReportedFailures) {
        progress.failures.push({ projectId, stage, sqlstate: sqlstate ?? '', message })
      }
    },
  })
}

const maxReportedFailures = 100

function isCancelled(options: RevertOptions, progress: Progress): boolean {
  progress.isCancelled ||= options.signal.aborted
  return progress.isCancelled
}

async function finishRun(
  sql: Database,
  runId: number,
  outcome: RunOutcome,
  progress: Progress,
  error: { code: string; message: string } | null,
): Promise<void> {
  const { skipped, failed, failures } = progress
  const report = { outcome, skipped, failed, failures: failures.map((failure) => ({ ...failure })), error }
  await sql`select vigie.finish_run(${runId}, null, ${sql.json(report)})`
}
