/**
 * Intakes: where traffic is seen. A process that feeds one enrols it by itself; it is expected to watch until a person
 * retires it.
 *
 * Trigger: a person (command line). Guarantees: one transaction (migrations/functions/retire-intake.sql), with who, why and
 * when on record.
 */
import type { Context, Database } from '../context.ts'
import { type ErrorCode, VigieError } from '../errors.ts'
import type { Instant } from '../instant.ts'
import { checkReason, reasonRequired } from '../reason.ts'

/** What an intake is known by. */
export type IntakeName = {
  readonly machine: string
  readonly kind: 'access_log' | 'forward_auth'
  /** The log's path, or the address that it answers at. */
  readonly source: string
}

export interface Intake extends IntakeName {
  readonly id: number
  readonly enrolledAt: Instant
  readonly retiredAt: Instant | null
  readonly retiredBy: string | null
  /** When it last said what it saw. */
  readonly flushedAt: Instant | null
  /** All traffic before it is counted. */
  readonly coveredUntil: Instant | null
}

/** Every intake there was, those that are enrolled first. */
export function listIntakes(sql: Database): Promise<Intake[]> {
  return sql<Intake[]>`
    select i.id, i.machine, i.kind, i.source, i.enrolled_at as "enrolledAt", i.retired_at as "retiredAt",
      i.retired_by as "retiredBy", i.flushed_at as "flushedAt", i.covered_until as "coveredUntil"
    from vigie.intake i order by i.retired_at is not null, i.id`
}

/** `isChanged` is false if it was retired already. Errors: INTAKE_NOT_FOUND, REASON_REQUIRED, REASON_TOO_LONG. */
export async function retireIntake(
  { sql, origin, log }: Context,
  { intakeId, reason }: { readonly intakeId: number; readonly reason: string },
): Promise<{ readonly intakeId: number; readonly isChanged: boolean }> {
  const [row] = await sql<{ answer: { refusal: ErrorCode } | { isChanged: boolean } }[]>`
    select vigie.retire_intake(${intakeId}, ${checkReason(reason)}, ${sql.json({ ...origin })}) as answer`
  if (row === undefined) throw new Error('retire_intake returned nothing')
  if ('refusal' in row.answer) {
    if (row.answer.refusal === 'REASON_REQUIRED') throw reasonRequired()
    throw new VigieError('INTAKE_NOT_FOUND', 'There is no intake under this number. “vigie intake list” shows all.')
  }
  const { isChanged } = row.answer
  if (isChanged) log.info({ intakeId }, 'An intake was retired.')
  return { intakeId, isChanged }
}
