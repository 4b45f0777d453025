import type { Database } from '../context.ts'
import { VigieError } from '../errors.ts'
import type { Instant } from '../instant.ts'
import type { Hold } from '../sweep/holds.ts'

export const runOutcomes = ['done', 'partial', 'cancelled', 'failed', 'held'] as const
export type RunOutcome = (typeof runOutcomes)[number]

/** A project that a sweep could not move, and what the database said; or whose containers a cleanup could not remove. */
export interface RunFailure {
  readonly projectId: string
  readonly stage: 'deactivate' | 'disable' | 'clean'
  /** Of a cleanup, the code of what went wrong. */
  readonly sqlstate: string
  readonly message: string
}

export const jobs = ['sweep', 'cleanup', 'counts', 'pruning', 'revert'] as const
export type Job = (typeof jobs)[number]

/** Why a revert, or the release of a hold, left a project as it is. */
export const leftAloneReasons = [
  'gone',
  'teamDeleted',
  'revertedBefore',
  'reactivated',
  'changed',
  'noLongerDue',
] as const
export type LeftAlone = Readonly<Partial<Record<(typeof leftAloneReasons)[number], number>>>

/** A run as the history shows it. Null outcome: it runs, or its runner died (see `isStale`). */
export interface Run {
  readonly id: number
  readonly job: Job
  /** The instant that it was due; null: a person started it. */
  readonly tick: Instant | null
  /** Its list was kept, nothing else was written. */
  readonly isPreview: boolean
  readonly reason: string | null
  /** The sweep that it takes back. */
  readonly revertsRunId: number | null
  /** The latest run that took some of it back, or is about to. */
  readonly revertedByRunId: number | null
  /** The held run whose list it does. */
  readonly releasesRunId: number | null
  /** The run that did the list of this held one. */
  readonly releasedByRunId: number | null
  /** What a brake held of it, and what was decided; null: none did. */
  readonly hold: Readonly<Pick<Hold, 'id' | 'status' | 'deactivated' | 'disabled'>> | null
  readonly actor: string
  readonly entry: string
  readonly machine: string
  readonly version: string
  readonly startedAt: Instant
  readonly finishedAt: Instant | null
  readonly outcome: RunOutcome | null
  readonly isCancelRequested: boolean
  /** Not finished, and silent for two minutes: whoever ran it is gone. */
  readonly isStale: boolean
  /** Projects that a sweep put to sleep, or that a revert woke. */
  readonly deactivated: number
  /** Projects that a sweep disabled for good, or that a revert put back to sleep. */
  readonly disabled: number
  readonly mailsQueued: number
  /** By a cleanup of deployments. */
  readonly containersRemoved: number
  readonly skipped: number
  readonly failed: number
  /** Left alone, since no mail of their first stage has reached anybody. */
  readonly notTold: number
  readonly failures: readonly RunFailure[]
  /** What a revert or a release left as it is, in projects by why. */
  readonly leftAlone: LeftAlone
  readonly error: { readonly code: string; readonly message: string } | null
}

/** The latest runs, newest first, of all jobs or of one; `beforeId` for the next page. */
export function listRuns(
  sql: Database,
  request: { job?: Job; beforeId: number | null; limit: number },
): Promise<Run[]> {
  const { job = null, beforeId, limit } = request
  const wanted: ReturnType<Database> = sql`
    (${beforeId}::integer is null or r.id < ${beforeId}) and (${job}::text is null or r.job = ${job})`
  return selectRuns(sql, wanted, limit)
}

/** Errors: RUN_NOT_FOUND. */
export async function readRun(sql: Database, runId: number): Promise<Run> {
  const [run] = await selectRuns(sql, sql`r.id = ${runId}`, 1)
  if (run === undefined)
    throw new VigieError('RUN_NOT_FOUND', `There is no run ${runId}. See the history for those there are.`)
  return run
}

function selectRuns(sql: Database, condition: ReturnType<Database>, limit: number) {
  return sql<Run[]>`
    select r.id, r.job, r.tick, r.is_preview as "isPreview", r.reason, r.reverts_run_id as "revertsRunId",
      (select max(v.id) from vigie.job_run v
        where v.reverts_run_id = r.id and (v.deactivated + v.disabled > 0 or v.finished_at is null)) as "revertedByRunId",
      (select o.run_id from vigie.hold o where o.id = r.releases_hold_id) as "releasesRunId",
      (select max(v.id) from vigie.job_run v where v.releases_hold_id = h.id) as "releasedByRunId",
      case when h.id is not null then jsonb_build_object(
        'id', h.id, 'status', h.status, 'deactivated', h.deactivated, 'disabled', h.disabled) end as hold,
      r.actor, r.entry, r.machine, r.version, r.started_at as "startedAt", r.finished_at as "finishedAt",
      r.outcome, r.cancel_requested_at is not null as "isCancelRequested",
      r.finished_at is null and r.heartbeat_at < clock_timestamp() - interval '2 minutes' as "isStale",
      r.deactivated, r.disabled, r.mails_queued as "mailsQueued",
      r.containers_removed as "containersRemoved", r.skipped, r.failed, r.not_told as "notTold",
      r.failures, r.left_alone as "leftAlone", r.error
    from vigie.job_run r left join vigie.hold h on h.run_id = r.id
    where ${condition}
    order by r.id desc
    limit ${limit}`
}
