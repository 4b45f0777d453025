import { randomUUID } from 'node:crypto'
import {
  type BulkAct,
  type BulkActKind,
  type BulkProgress,
  type BulkResultPage,
  type PreparedBulk,
  performAct,
} from '../core/bulk/bulk-act.ts'
import type { BulkEnd, BulkOutcome, BulkResult } from '../core/bulk/bulk-result.ts'
import { fixSelection, type Selection } from '../core/bulk/fix-selection.ts'
import { previewBulk } from '../core/bulk/preview-bulk.ts'
import { type BulkOptions, runBulk } from '../core/bulk/run-bulk.ts'
import type { Context, Database } from '../core/context.ts'
import { VigieError } from '../core/errors.ts'
import { checkReason } from '../core/reason.ts'

/**
 * The bulk acts of this process: what people prepared, the one that runs, and what became of the last ones. None outlives
 * the process; what was done is on record.
 */
export interface BulkActs {
  /** Fixes the list of a selection and counts what an act on it would do now. Errors: BULK_TOO_LARGE. */
  readonly prepare: (request: { kind: BulkActKind; selection: Selection }) => Promise<PreparedBulk>
  /**
   * Starts what was prepared, once. `projects`: how many the person was told. Errors: BULK_NOT_FOUND, also when that or the
   * kind of act differs; BULK_RUNNING; REASON_REQUIRED, REASON_TOO_LONG.
   */
  readonly start: (request: { bulkId: string; act: BulkAct; projects: number; reason: string }) => BulkProgress
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
  readonly act: BulkAct
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
  const lists = new Map<string, { readonly kind: BulkActKind; readonly projectIds: readonly string[] }>()
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
    const origin = { ...context.origin, bulkId }
    const perform = (projectId: string) => performAct({ ...context, origin }, act.act, projectId, reason)
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
    async prepare({ kind, selection }) {
      const projectIds = await withSession((session) => fixSelection(session, selection))
      const preview = await previewBulk(context.sql, kind, projectIds)
      const bulkId = randomUUID()
      keep(lists, bulkId, { kind, projectIds }, keptLists)
      return { bulkId, kind, projects: projectIds.length, preview }
    },
    start({ bulkId, act: wanted, projects, reason: given }) {
      const reason = checkReason(given)
      const latest = latestAct()
      if (latest !== null && latest.end === null) {
        throw new VigieError('BULK_RUNNING', 'Another bulk act is running here. Wait for its end, or cancel it.')
      }
      const list = lists.get(bulkId)
      if (list?.kind !== wanted.kind || list.projectIds.length !== projects) throw notFound()
      lists.delete(bulkId)
      const act: Act = {
        bulkId,
        act: wanted,
        projectIds: list.projectIds,
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
    act: act.act,
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
