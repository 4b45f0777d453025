import { z } from 'zod'

/** Text of at most so many characters that PostgreSQL can hold: it has no NUL. */
export function text(maxLength: number) {
  return z
    .string()
    .max(maxLength)
    .regex(/^[^\0]*$/, 'contains a character that can’t be stored')
}

/** An id of the platform's: lower-case hex (ARCHITECTURE.md, The platform). */
export const id = z.string().regex(/^[0-9a-f]{1,32}$/, 'is no id')

/** The number of a row of Vigie's own. */
export const serial = z.int().positive().max(2_147_483_647)

/** The shape of src/core/instant.ts. */
export const instant = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}(\d{3})?Z$/, 'is no instant')

export const pageSize = z.int().min(1).max(500)
