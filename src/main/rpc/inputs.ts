import { z } from 'zod'
import { planKinds, projectStatuses } from '../../core/project.ts'
import { maxFilterNumber, maxSearchLength, minSearchLength, projectTraits } from '../../core/queries/projects.ts'

/** Text of at most so many characters that PostgreSQL can hold: it has no NUL. */
export function text(maxLength: number) {
  return z
    .string()
    .max(maxLength)
    .regex(/^[^\0]*$/, 'contains a character that can’t be stored')
}

/** Why a person does something. How long it may be says core/reason.ts, in words; this only bounds what is looked at. */
export const reason = text(100_000)

/** An id of the platform's: lower-case hex (ARCHITECTURE.md, The platform). */
export const id = z.string().regex(/^[0-9a-f]{1,32}$/, 'is no id')

/** The number of a row of Vigie's own. */
export const serial = z.int().positive().max(2_147_483_647)

/** The shape of src/core/instant.ts. */
export const instant = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}(\d{3})?Z$/, 'is no instant')

export const pageSize = z.int().min(1).max(500)

const filterNumber = z.int().min(1).max(maxFilterNumber)

/** A `ProjectFilter`, each value of a list once. */
export const projectFilter = z.object({
  statuses: z.array(z.enum(projectStatuses)).max(projectStatuses.length).readonly().transform(each),
  planKind: z.enum(planKinds).nullable(),
  teamId: id.nullable(),
  idleDays: filterNumber.nullable(),
  reactivations: filterNumber.nullable(),
  dueWithinDays: z.int().min(0).max(maxFilterNumber).nullable(),
  traits: z.array(z.enum(projectTraits)).max(projectTraits.length).readonly().transform(each),
  search: text(maxSearchLength).trim().min(minSearchLength).nullable(),
})

function each<Value>(values: readonly Value[]): Value[] {
  return [...new Set(values)]
}
