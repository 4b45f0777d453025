/**
 * Holds: sweeps that a brake stopped. The flow that stops one, and what a person decides on it.
 * Locks: the hold's row; a release is then a sweep of its own over exactly the kept list, each project checked again.
 */
import type { Context, Database } from '../context.ts'
import { type ErrorCode, VigieError } from '../errors.ts'
import type { Instant } from '../instant.ts'
import { sweepPaused } from '../pauses.ts'
import { checkReason, reasonRequired } from '../reason.ts'
import type { Brake } from './brakes.ts'
import type { ClaimedRun } from './carry-out.ts'

/** A stopped sweep. Times in UTC. */
export interface Hold {
  readonly id: number
  readonly runId: number
  readonly createdAt: Instant
  readonly expiresAt: Instant
  /** Too old to be released: it can only be dismissed. */
  readonly isExpired: boolean
  readonly brakes: readonly Brake[]
  readonly deactivated: number
  readonly disabled: number
  readonly status: 'open' | 'released' | 'dismissed' | 'superseded'
  readonly closedAt: Instant | null
  readonly closedBy: string | null
  readonly reason: string | null
}

/** The hold that waits for a person; null: there is none. */
export async function readOpenHold(sql: Database): Promise<Hold | null> {
  const [hold] = await selectHolds(sql, sql`h.status = 'open'`, 1)
  return hold ?? null
}

/** Errors: HOLD_NOT_FOUND. */
export async function readHold(sql: Database, holdId: number): Promise<Hold> {
  const [hold] = await selectHolds(sql, sql`h.id = ${holdId}`, 1)
  if (hold === undefined) throw refusalOf('HOLD_NOT_FOUND')
  return hold
}

/** What became of the sweep that a run was stopped as; null: no brake stopped it. */
export async function readHoldOfRun(sql: Database, runId: number): Promise<Hold | null> {
  const [hold] = await selectHolds(sql, sql`h.run_id = ${runId}`, 1)
  return hold ?? null
}

function selectHolds(sql: Database, condition: ReturnType<Database>, limit: number) {
  return sql<Hold[]>`
    select h.id, h.run_id as "runId", h.created_at as "createdAt", h.expires_at as "expiresAt",
      h.expires_at <= now() as "isExpired", h.brakes, h.deactivated, h.disabled, h.status, h.closed_at as "closedAt",
      h.closed_by as "closedBy", h.reason
    from vigie.hold h where ${condition} order by h.id desc limit ${limit}`
}

/** Since when agents were silent for long, where nobody has looked at it yet; null: they were not. */
export async function readOpenGap(sql: Database): Promise<{ readonly since: Instant; readonly until: Instant } | null> {
  const [gap] = await sql<{ since: Instant; until: Instant }[]>`
    select g.last_heartbeat_at as since, g.noticed_at as until from vigie.gap g where g.resolved_at is null`
  return gap ?? null
}

/** A person has looked at a gap: what waited for it goes on. Errors: HOLD_NOT_FOUND, REASON_REQUIRED, REASON_TOO_LONG. */
export async function resolveGap({ sql, origin, log }: Context, reason: string): Promise<void> {
  const [row] = await sql<{ answer: { refusal?: ErrorCode } }[]>`
    select vigie.resolve_gap(${checkReason(reason)}, ${sql.json({ ...origin })}) as answer`
  if (row === undefined) throw new Error('resolve_gap returned nothing')
  if (row.answer.refusal !== undefined) throw refusalOf(row.answer.refusal)
  log.info({}, 'A person has looked at the time without agents; what waited goes on.')
}

interface ListCounts {
  readonly deactivated: number
  readonly disabled: number
  readonly notTold: number
}

/** Keeps the exact list of what a run would do. `teams`: only theirs; null: all. */
export async function keepList(
  sql: Database,
  { runId, runner }: ClaimedRun,
  teams: readonly string[] | null,
): Promise<ListCounts> {
  const [kept] = await sql<{ counts: ListCounts }[]>`
    select vigie.list_run(${runId}, ${runner}, ${teams as string[] | null}::varchar[]) as counts`
  if (kept === undefined) throw new Error('list_run returned nothing')
  return kept.counts
}

/** Stops a run: its list is kept, and waits for a person. */
export async function holdRun(
  { sql, log }: Context,
  run: ClaimedRun,
  brakes: readonly Brake[],
  teams: readonly string[] | null,
): Promise<Hold> {
  const counts = await keepList(sql, run, teams)
  const [held] = await sql<{ id: number }[]>`
    select (vigie.hold_run(${run.runId}, ${run.runner}, ${sql.json(brakes.map((brake) => ({ ...brake })))},
      ${sql.json({ ...counts })}) ->> 'id')::integer as id`
  if (held === undefined) throw new Error('hold_run returned nothing')
  const names = brakes.map(({ brake }) => brake)
  log.error(
    { runId: run.runId, holdId: held.id, brakes: names, ...counts },
    'The sweep was held and waits for a person.',
  )
  return await readHold(sql, held.id)
}

/**
 * Decides on a hold. Released: returns the run that is to do its list; dismissed: null.
 * Errors: HOLD_NOT_FOUND, REASON_REQUIRED, REASON_TOO_LONG, HOLD_EXPIRED, SWEEP_PAUSED.
 */
export async function closeHold(
  { sql, origin, log }: Context,
  request: { holdId: number; decision: 'released' | 'dismissed'; reason: string; runner: string },
): Promise<{ runId: number | null }> {
  const { holdId, decision, reason, runner } = request
  const [row] = await sql<{ answer: { refusal: ErrorCode } | { runId: number | null } }[]>`
    select vigie.close_hold(${holdId}, ${decision}, ${checkReason(reason)}, ${sql.json({ ...origin })}, ${runner}) as answer`
  if (row === undefined) throw new Error('close_hold returned nothing')
  if ('refusal' in row.answer) throw refusalOf(row.answer.refusal)
  log.info({ holdId, decision }, 'A person decided on a held sweep.')
  return row.answer
}

function refusalOf(code: ErrorCode): VigieError {
  if (code === 'SWEEP_PAUSED') return sweepPaused()
  if (code === 'REASON_REQUIRED') return reasonRequired()
  const sentences: Partial<Record<ErrorCode, string>> = {
    HOLD_NOT_FOUND: 'No held sweep waits for a decision under this number.',
    HOLD_EXPIRED: 'This sweep was held too long ago to be released: dismiss it, and look at a new preview.',
  }
  return new VigieError(code, sentences[code] ?? `The hold was refused with ${code}.`)
}
