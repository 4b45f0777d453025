import { randomUUID } from 'node:crypto'
import type { BulkProgress, BulkResultPage, PreparedBulk } from '../core/bulk/bulk-act.ts'
import type { BulkEnd, BulkOutcome, BulkResult } from '../core/bulk/bulk-result.ts'
import { fixSelection, type Selection } from '../core/bulk/fix-selection.ts'
import { previewReactivation } from '../core/bulk/preview-reactivation.ts'
import { type BulkOptions, runBulk } from '../core/bulk/run-bulk.ts'
import type { Context, Database } from '../core/context.ts'
import { VigieError } from '../core/errors.ts'
import { reactivateForOwner } from '../core/reactivate.ts'
import { checkReason } from '../core/reason.ts'

/**
 * The bulk acts of this process: what people prepared, the one that runs, and what became of the last ones. None outlives
 * the process; what was done is on record.
 */
export interface BulkActs {
  /** Fixes the list of a selection and counts what a reactivation of it would do now. Errors: BULK_TOO_LARGE. */
  readonly prepare: (selection: Selection) => Promise<PreparedBulk>
  /**
   * Starts what was prepared, once. `projects`: how many the person was told. Errors: BULK_NOT_FOUND, also when that
   * differs; BULK_RUNNING; REASON_REQUIRED, REASON_TOO_LONG.
   */
  readonly start: (request: { bulkId: string; projects: number; reason: string }) => BulkProgress
  /** Errors: BULK_NOT_FOUND. */
  readonly get: (bulkId: string) => BulkProgress
  /** The one that was started last; null: none yet. */
  readonly latest: () => BulkProgress | null
  /** Errors: BULK_NOT_FOUND. */
  readonly results: (request: ResultsRequest) => BulkResultPage
  /** Asks a running one to end after the project that is under way. Errors: BULK_NOT_FOUND. */
  readonly cancel: (bulkId: string) => BulkProgress
  /** Ends what runs between two projects and waits for it. */
  readonly stop: () => Promise<void>
}

export interface ResultsRequest {
  readonly bulkId: string
  readonly outcomes: readonly BulkOutcome[]
  readonly after: number | null
  readonly limit: number
}

export interface BulkActsOptions extends Context {
  readonly withSession: <T>(work: (session: Database) => Promise<T>) => Promise<T>
  /** Milliseconds of a clock that only goes forward. */
  readonly nowMs: () => number
  readonly retries?: NonNullable<BulkOptions['retries']>
}

interface Act {
  readonly bulkId: string
  readonly projectIds: readonly string[]
  readonly reason: string
  readonly startedMs: number
  readonly cancelling: AbortController
  readonly results: BulkResult[]
  readonly counts: Record<BulkOutcome, number>
  end: (BulkEnd & { readonly elapsedMs: number }) | null
}

/** Lists that wait for a yes, of all windows of this process; and acts whose results can still be read. */
const keptLists = 8
const keptActs = 4

export function createBulkActs(options: BulkActsOptions): BulkActs {
  const { withSession, nowMs, ...context } = options
  const lists = new Map<string, readonly string[]>()
  const acts = new Map<string, Act>()
  let running: Promise<void> = Promise.resolve()
  const stopping = new AbortController()

  const latestAct = () => [...acts.values()].at(-1) ?? null
  const actOf = (bulkId: string): Act => {
    const act = acts.get(bulkId)
    if (act === undefined) throw notFound()
    return act
  }

  async function run(act: Act): Promise<void> {
    const { bulkId, projectIds, reason } = act
    const perform = (projectId: string) => reactivateForOwner(context, { projectId, reason, bulkId })
    const end = await runBulk(
      context,
      { bulkId, projectIds, perform },
      {
        signal: AbortSignal.any([act.cancelling.signal, stopping.signal]),
        onResult(result) {
          act.results.push(result)
          act.counts[result.outcome] += 1
        },
        ...(options.retries && { retries: options.retries }),
      },
    )
    act.end = { ...end, elapsedMs: nowMs() - act.startedMs }
  }

  return {
    async prepare(selection) {
      const projectIds = await withSession((session) => fixSelection(session, selection))
      const preview = await previewReactivation(context.sql, projectIds)
      const bulkId = randomUUID()
      keep(lists, bulkId, projectIds, keptLists)
      return { bulkId, projects: projectIds.length, preview }
    },
    start({ bulkId, projects, reason: given }) {
      const reason = checkReason(given)
      const latest = latestAct()
      if (latest !== null && latest.end === null) {
        throw new VigieError('BULK_RUNNING', 'Another bulk act is running here. Wait for its end, or cancel it.')
      }
      const projectIds = lists.get(bulkId)
      if (projectIds === undefined || projectIds.length !== projects) throw notFound()
      lists.delete(bulkId)
      const act: Act = {
        bulkId,
        projectIds,
        reason,
        startedMs: nowMs(),
        cancelling: new AbortController(),
        results: [],
        counts: { done: 0, refused: 0, skipped: 0, failed: 0 },
        end: null,
      }
      keep(acts, bulkId, act, keptActs)
      running = run(act)
      return progressOf(act, nowMs())
    },
    get: (bulkId) => progressOf(actOf(bulkId), nowMs()),
    latest: () => {
      const act = latestAct()
      return act && progressOf(act, nowMs())
    },
    results({ bulkId, outcomes, after, limit }) {
      const { results } = actOf(bulkId)
      const found = results
        .slice(after === null ? 0 : after + 1)
        .filter(({ outcome }) => outcomes.includes(outcome))
        .slice(0, limit + 1)
      const page = found.slice(0, limit)
      return { results: page, next: found.length > limit ? (page.at(-1)?.index ?? null) : null }
    },
    cancel(bulkId) {
      const act = actOf(bulkId)
      act.cancelling.abort()
      return progressOf(act, nowMs())
    },
    async stop() {
      stopping.abort()
      await running
    },
  }
}

function progressOf(act: Act, nowMs: number): BulkProgress {
  const { bulkId, projectIds, reason, counts, end } = act
  return {
    bulkId,
    projects: projectIds.length,
    reason,
    ...counts,
    elapsedMs: end?.elapsedMs ?? nowMs - act.startedMs,
    state: end?.outcome ?? 'running',
    isCancelRequested: act.cancelling.signal.aborted,
    error: end?.error ?? null,
  }
}

/** The oldest makes room. */
function keep<Value>(map: Map<string, Value>, key: string, value: Value, most: number): void {
  map.set(key, value)
  for (const oldest of map.keys()) if (map.size > most) map.delete(oldest)
}

function notFound(): VigieError {
  return new VigieError(
    'BULK_NOT_FOUND',
    'This selection is not known here any more: Vigie was started anew, or it is too old. Look at its numbers again.',
  )
}
