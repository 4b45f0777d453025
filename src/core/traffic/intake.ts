import type { Database } from '../context.ts'

/** Where traffic is seen: by the lines of a log, or by being asked. */
export interface IntakeKey {
  readonly machine: string
  readonly kind: 'access_log' | 'forward_auth'
  /** The log's path, or an address. */
  readonly source: string
}

/** Says that a process feeds an intake from now on; whoever fed it before is refused. Returns the intake's id. */
export async function enrolIntake(
  sql: Database,
  { machine, kind, source }: IntakeKey,
  feeder: string,
): Promise<number> {
  const [row] = await sql<{ id: number }[]>`
    select vigie.enrol_intake(${machine}, ${kind}, ${source}, ${feeder}) as id`
  if (row === undefined) throw new Error('enrol_intake returned nothing')
  return row.id
}

export interface IntakeState {
  /** As it was committed with what was counted last; null: nothing was. */
  readonly position: Readonly<Record<string, unknown>> | null
  /** Whether somebody feeds it, who has flushed in the last minute. */
  readonly isFed: boolean
  readonly isRetired: boolean
}

/** Where an intake stands. */
export async function readIntake(sql: Database, intakeId: number): Promise<IntakeState> {
  const [state] = await sql<IntakeState[]>`
    select i.position, i.retired_at is not null as "isRetired",
      coalesce(i.flushed_at > clock_timestamp() - interval '1 minute', false) as "isFed"
    from vigie.intake i where i.id = ${intakeId}`
  return state ?? { position: null, isFed: false, isRetired: true }
}
