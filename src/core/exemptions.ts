/**
 * Exemptions: a project, or all of a team's, is left alone until an instant or for good.
 *
 * Trigger: a person (console, command line) makes, replaces and ends them; that they end by themselves is put on record by
 * whoever runs the scheduler, and before a sweep that a person starts.
 * Guarantees: one transaction each (migrations/functions/{exempt,end-exemption,expire-exemptions}.sql), with who, why and
 * what was before on record, once. Sweeps obey at both stages, under the lock of the project (vigie.overdue). The clock goes
 * on meanwhile: who was idle all the time is due as soon as it is over.
 * Locks: the exempted projects, so that a sweep has moved them before, or leaves them alone.
 */
import type { Context } from './context.ts'
import { VigieError } from './errors.ts'
import type { Instant } from './instant.ts'
import { checkReason, reasonRequired, reasonTooLong } from './reason.ts'

/** Whom an exemption is for. */
export interface ExemptionTarget {
  readonly scope: 'project' | 'team'
  /** The platform's id of it. */
  readonly id: string
}

export interface ExemptionRequest extends ExemptionTarget {
  /** Null: for good. */
  readonly until: Instant | null
  readonly reason: string
}

/** An exemption as it stands on record. */
export interface RecordedExemption {
  readonly exemptionId: number
  readonly scope: ExemptionTarget['scope']
  readonly until: Instant | null
  readonly reason: string
  readonly actor: string
  readonly createdAt: Instant
}

export interface Exempted {
  readonly exemption: RecordedExemption
  /** The one that it replaces. */
  readonly former: RecordedExemption | null
}

/**
 * Exempts a project or a team, in place of the exemption it has. Errors: PROJECT_NOT_FOUND, PROJECT_DELETED,
 * TEAM_NOT_FOUND, TEAM_DELETED, EXEMPTION_DATE (not after now, or beyond the year 2199), REASON_REQUIRED, REASON_TOO_LONG.
 */
export async function exempt(context: Context, request: ExemptionRequest): Promise<Exempted> {
  const { sql, log, origin } = context
  const { scope, id, until } = request
  const [projectId, teamId] = scope === 'project' ? [id, null] : [null, id]
  const [row] = await sql<{ answer: Exempted | Refusal }[]>`
    select vigie.exempt(${projectId}, ${teamId}, ${until}::text::timestamptz, ${checkReason(request.reason)},
      ${sql.json({ ...origin })}) as answer`
  const answer = acceptedOf(row?.answer)
  log.info({ scope, id, until, replaces: answer.former?.exemptionId ?? null }, 'An exemption was made.')
  return answer
}

/**
 * Ends an exemption before its time, by its number; returns what it was. Errors: EXEMPTION_NOT_FOUND (also if it was
 * replaced or has ended meanwhile), REASON_REQUIRED, REASON_TOO_LONG.
 */
export async function endExemption(
  context: Context,
  request: { readonly exemptionId: number; readonly reason: string },
): Promise<RecordedExemption> {
  const { sql, log, origin } = context
  const { exemptionId } = request
  const [row] = await sql<{ answer: { exemption: RecordedExemption } | Refusal }[]>`
    select vigie.end_exemption(${exemptionId}, ${checkReason(request.reason)}, ${sql.json({ ...origin })}) as answer`
  const { exemption } = acceptedOf(row?.answer)
  log.info({ exemptionId }, 'An exemption was ended.')
  return exemption
}

const expiredAtOnce = 500

/** Puts those on record that have ended by themselves; returns how many. `signal` aborted: it ends between two batches. */
export async function expireExemptions(
  { sql, log, origin }: Context,
  { signal }: { readonly signal: AbortSignal },
): Promise<number> {
  let total = 0
  while (!signal.aborted) {
    const [row] = await sql<{ expired: number }[]>`
      select vigie.expire_exemptions(${expiredAtOnce}, ${sql.json({ ...origin })}) as expired`
    const expired = row?.expired ?? 0
    total += expired
    if (expired < expiredAtOnce) break
  }
  if (total > 0) log.info({ exemptions: total }, 'Exemptions have ended.')
  return total
}

interface Refusal {
  readonly refusal: keyof typeof refusals | 'REASON_REQUIRED' | 'REASON_TOO_LONG'
}

const refusals = {
  PROJECT_NOT_FOUND: 'No project has this id. Check the id and try again.',
  PROJECT_DELETED: 'The project was deleted on the platform: there is nothing to exempt.',
  TEAM_NOT_FOUND: 'No team has this id. Check the id and try again.',
  TEAM_DELETED: 'The team was deleted on the platform: there is nothing to exempt.',
  EXEMPTION_DATE: 'An exemption ends after now and before the year 2200. Choose such a date, or exempt for good.',
  EXEMPTION_NOT_FOUND: 'This exemption is over, or another has replaced it. Look at “vigie exempt list”.',
} as const

function acceptedOf<Accepted extends object>(answer: Accepted | Refusal | undefined): Accepted {
  if (answer === undefined) throw new Error('the exemption was answered by nothing')
  if (!('refusal' in answer)) return answer
  if (answer.refusal === 'REASON_REQUIRED') throw reasonRequired()
  if (answer.refusal === 'REASON_TOO_LONG') throw reasonTooLong()
  throw new VigieError(answer.refusal, refusals[answer.refusal])
}
