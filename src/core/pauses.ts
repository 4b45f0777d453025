/**
 * Pauses: a person stops a part of every Vigie, wherever it runs, until somebody resumes it.
 *
 * Trigger: a person (console, command line). The database refuses a paused part each piece of work: a batch of a sweep
 * (sweep-batch.sql), the claim of its tick (claim-tick.sql), a lease of mails (lease-mails.sql).
 * Guarantees: one transaction each (migrations/functions/{pause,resume}-part.sql), with who, why and when on record.
 */
import type { Context, Database } from './context.ts'
import { VigieError } from './errors.ts'
import type { Instant } from './instant.ts'
import { checkReason, reasonRequired } from './reason.ts'

export const pausableParts = ['sweep', 'mail', 'routing', 'containers'] as const
export type PausablePart = (typeof pausableParts)[number]

export interface Pause {
  readonly part: PausablePart
  readonly pausedAt: Instant
  readonly actor: string
  readonly reason: string
}

/** What is paused now, and by whom. */
export function readPauses(sql: Database): Promise<Pause[]> {
  return sql<Pause[]>`
    select p.part, p.paused_at as "pausedAt", p.actor, p.reason from vigie.pause p order by p.paused_at, p.part`
}

/** The refusal of a sweep that a person starts or releases while the part is paused. */
export function sweepPaused(): VigieError {
  return new VigieError('SWEEP_PAUSED', 'Sweeps are paused: resume them first (“vigie resume sweep”), then try again.')
}

/** Errors: SWEEP_PAUSED. */
export async function requireSweepGoesOn(sql: Database): Promise<void> {
  const pauses = await readPauses(sql)
  if (pauses.some(({ part }) => part === 'sweep')) throw sweepPaused()
}

export interface PauseRequest {
  readonly part: PausablePart
  readonly reason: string
}

/** `isChanged` is false if it was so already. */
export interface PauseAnswer {
  readonly part: PausablePart
  readonly isPaused: boolean
  readonly isChanged: boolean
}

/** Pauses a part. Errors: REASON_REQUIRED, REASON_TOO_LONG. */
export async function pausePart(context: Context, { part, reason }: PauseRequest): Promise<PauseAnswer> {
  const { sql, origin } = context
  const [row] = await sql<{ answer: Answer }[]>`
    select vigie.pause_part(${part}, ${checkReason(reason)}, ${sql.json({ ...origin })}) as answer`
  return tell(context, part, true, row?.answer)
}

/** Lets a part go on. Errors: REASON_REQUIRED, REASON_TOO_LONG. */
export async function resumePart(context: Context, { part, reason }: PauseRequest): Promise<PauseAnswer> {
  const { sql, origin } = context
  const [row] = await sql<{ answer: Answer }[]>`
    select vigie.resume_part(${part}, ${checkReason(reason)}, ${sql.json({ ...origin })}) as answer`
  return tell(context, part, false, row?.answer)
}

type Answer = { readonly isChanged: boolean } | { readonly refusal: 'BAD_REQUEST' | 'REASON_REQUIRED' }

function tell({ log }: Context, part: PausablePart, isPaused: boolean, answer: Answer | undefined): PauseAnswer {
  if (answer === undefined) throw new Error('the pause was answered by nothing')
  if ('refusal' in answer) {
    if (answer.refusal === 'REASON_REQUIRED') throw reasonRequired()
    throw new VigieError('BAD_REQUEST', `There is no such part. It is one of ${pausableParts.join(', ')}.`)
  }
  const { isChanged } = answer
  if (isChanged) log.info({ part }, isPaused ? 'A part was paused.' : 'A part was resumed.')
  return { part, isPaused, isChanged }
}
